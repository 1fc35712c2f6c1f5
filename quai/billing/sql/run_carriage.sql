-- Charge the carriage that a note bears, at the VAT rate of most of its amount: accessory, it follows the goods.
INSERT INTO run_line (group_of, place, part, title, quantity, unit_price, discount, base, allowance,
                      vat_rate, vat_category, exemption, order_reference, line_reference)
SELECT DISTINCT ON (n.note_id)
       n.note_id, 9223372036854775807, 1, %(title)s, 1, n.carriage::numeric(11,4), 0.00, n.carriage, 0.00,
       l.vat_rate, l.vat_category, l.exemption, '', ''
  FROM run_note n
  JOIN (SELECT group_of, vat_rate, vat_category, max(exemption) AS exemption, sum(base) AS base
          FROM run_line GROUP BY group_of, vat_rate, vat_category) l ON l.group_of = n.note_id
 WHERE n.carriage > 0
 ORDER BY n.note_id, l.base DESC, l.vat_rate DESC
