-- Credit notes that take copies of a document back, and invoices that a credit note takes copies back from.
SELECT DISTINCT 'by' AS side, s.number
  FROM billing_invoice_line l
  JOIN billing_credited c ON c.line_id = l.id
  JOIN billing_invoice_line back ON back.id = c.credit_line_id
  JOIN billing_issue s ON s.invoice_id = back.invoice_id
 WHERE l.invoice_id = %(invoice)s
UNION
SELECT DISTINCT 'of', s.number
  FROM billing_invoice_line l
  JOIN billing_invoice_line origin ON origin.id = l.credits_id
  JOIN billing_issue s ON s.invoice_id = origin.invoice_id
 WHERE l.invoice_id = %(invoice)s
 ORDER BY 1, 2
