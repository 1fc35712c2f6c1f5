-- Price every delivered line: one line of invoice per VAT part of its public price, at the VAT of where it went.
-- A title that had no price when its note was closed bears the nearest said since; until then its note waits.
-- base = round(quantity x PPHT, 2), allowance = round(base x discount, 2); free copies bear 100 in the hundred.
CREATE TEMPORARY TABLE run_line ON COMMIT DROP AS
WITH delivered AS MATERIALIZED (
    SELECT n.note_id, n.closed_on, n.territory, l.id AS note_line_id, l.product_id, l.quantity,
           coalesce(l.price_id,
                    (SELECT p.id FROM catalogue_read_price p WHERE p.product_id = l.product_id
                      ORDER BY p.from_on > n.closed_on, abs(p.from_on - n.closed_on), p.id DESC LIMIT 1)) AS price_id,
           CASE WHEN o.free_with_id IS NULL THEN l.discount ELSE 100.00 END AS discount,
           o.gtin, o.line_reference, r.reference AS order_reference, r.operation_code
      FROM run_note n
      JOIN warehouse_read_note_line l ON l.note_id = n.note_id
      JOIN orders_read_line o ON o.id = l.line_id
      JOIN orders_read_order r ON r.id = o.order_id
), named AS MATERIALIZED (
    SELECT q.product_id, q.closed_on,
           regexp_replace(d.title, '[\x01-\x08\x0b\x0c\x0e-\x1f]', '', 'g') AS title  -- XML could not hold them
      FROM (SELECT DISTINCT product_id, closed_on FROM delivered) q
      LEFT JOIN LATERAL (SELECT f.title FROM catalogue_read_description f
                          WHERE f.product_id = q.product_id AND f.from_on <= q.closed_on
                          ORDER BY f.from_on DESC, f.id DESC LIMIT 1) d ON true
), part AS MATERIALIZED (
    SELECT p.price_id, p.position, p.vat_rate, p.retail_price, p.retail_price_net
      FROM (SELECT DISTINCT price_id FROM delivered) q
      JOIN catalogue_read_price_part p ON p.price_id = q.price_id
), tax AS MATERIALIZED (
    SELECT q.territory, q.closed_on, q.vat_rate AS mainland_rate, t.rate, t.category, t.exemption
      FROM (SELECT DISTINCT d.territory, d.closed_on, r.vat_rate
              FROM (SELECT DISTINCT territory, closed_on FROM delivered) d
             CROSS JOIN (SELECT DISTINCT vat_rate FROM part) r) q
      JOIN LATERAL (SELECT v.rate, v.category, v.exemption FROM terms_read_territory_vat v
                     WHERE v.territory = q.territory AND v.mainland_rate = q.vat_rate AND v.from_on <= q.closed_on
                     ORDER BY v.from_on DESC, v.id DESC LIMIT 1) t ON true
)
SELECT d.note_id AS group_of, d.note_line_id AS place, coalesce(p.position, 1) AS part,
       d.note_line_id, NULL::bigint AS credits_id, NULL::int AS before_quantity, NULL::int AS sold_quantity,
       d.product_id, coalesce(nullif(n.title, ''), d.gtin) AS title, d.quantity, p.retail_price, p.retail_price_net AS unit_price,
       d.discount::numeric(5,2) AS discount,
       round(d.quantity * p.retail_price_net, 2) AS base,
       round(round(d.quantity * p.retail_price_net, 2) * d.discount / 100, 2) AS allowance,
       t.rate AS vat_rate, t.category AS vat_category, coalesce(t.exemption, '') AS exemption,
       d.order_reference, d.line_reference, d.operation_code
  FROM delivered d
  JOIN named n USING (product_id, closed_on)
  LEFT JOIN part p ON p.price_id = d.price_id
  LEFT JOIN tax t ON t.territory = d.territory AND t.closed_on = d.closed_on AND t.mainland_rate = p.vat_rate
