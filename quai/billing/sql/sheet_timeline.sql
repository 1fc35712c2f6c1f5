-- The life of a document: each stage, when and by whom.
WITH stage AS (
    SELECT 1 AS step, 'issued' AS stage, act_id, number AS about FROM billing_issue WHERE invoice_id = %(invoice)s
    UNION ALL
    SELECT 2, 'released', act_id, '' FROM billing_release WHERE invoice_id = %(invoice)s
    UNION ALL
    SELECT 3, 'rendered', act_id, profile FROM billing_rendition WHERE invoice_id = %(invoice)s
    UNION ALL
    SELECT 4, 'sent', act_id, channel FROM billing_sending WHERE invoice_id = %(invoice)s
    UNION ALL
    SELECT DISTINCT 5, 'credited', s.act_id, s.number
      FROM billing_invoice_line l  -- walked by keys: see sheet_credits.sql
     CROSS JOIN LATERAL (SELECT credit_line_id FROM billing_credited WHERE line_id = l.id OFFSET 0) c
     CROSS JOIN LATERAL (SELECT invoice_id FROM billing_invoice_line WHERE id = c.credit_line_id OFFSET 0) back
      JOIN billing_issue s ON s.invoice_id = back.invoice_id
     WHERE l.invoice_id = %(invoice)s
)
SELECT s.stage, a.at, a.actor_id AS "by", s.about
  FROM stage s
  JOIN core_read_act a ON a.id = s.act_id
 ORDER BY s.step, a.at, s.about
