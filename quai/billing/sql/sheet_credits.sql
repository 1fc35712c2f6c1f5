-- Credit notes that take copies of a document back, and invoices that a credit note takes copies back from.
-- OFFSET 0 keeps the walk from line to line by keys: after one invoice of twenty thousand lines, a planner that has not
-- counted them yet would read them all for each of them.
WITH line AS MATERIALIZED (
    SELECT id, credits_id FROM billing_invoice_line WHERE invoice_id = %(invoice)s
), other AS (
    SELECT 'by' AS side, back.invoice_id
      FROM line
     CROSS JOIN LATERAL (SELECT credit_line_id FROM billing_credited WHERE line_id = line.id OFFSET 0) c
     CROSS JOIN LATERAL (SELECT invoice_id FROM billing_invoice_line WHERE id = c.credit_line_id OFFSET 0) back
    UNION
    SELECT 'of', origin.invoice_id
      FROM (SELECT DISTINCT credits_id FROM line WHERE credits_id IS NOT NULL) l
     CROSS JOIN LATERAL (SELECT invoice_id FROM billing_invoice_line WHERE id = l.credits_id OFFSET 0) origin
)
SELECT o.side, s.number
  FROM other o JOIN billing_issue s USING (invoice_id)
 ORDER BY 1, 2
