-- The life of a delivery note: closed, taken back or gone, invoiced; when, by whom and why.
WITH stage AS (
    SELECT 1 AS step, 'closed' AS stage, act_id, NULL::bigint AS carrier_id, '' AS about
      FROM warehouse_read_note WHERE id = %(note)s
    UNION ALL
    SELECT 2, 'reopened', act_id, NULL, '' FROM warehouse_read_reopening WHERE note_id = %(note)s
    UNION ALL
    SELECT 3, 'departed', act_id, carrier_id, '' FROM warehouse_read_departure WHERE note_id = %(note)s
    UNION ALL
    SELECT 4, 'invoiced', i.act_id, NULL, i.number
      FROM billing_read_invoice_note n JOIN billing_read_invoice i ON i.id = n.invoice_id
     WHERE n.note_id = %(note)s
)
SELECT s.stage, a.at, u.name AS "by", a.reason, s.carrier_id, s.about
  FROM stage s
  JOIN core_read_act a ON a.id = s.act_id
  LEFT JOIN access_read_user u ON u.id = a.actor_id
 ORDER BY a.at, s.step
