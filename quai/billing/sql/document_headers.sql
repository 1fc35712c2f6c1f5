-- Headers of issued documents.
SELECT i.id AS invoice_id, s.number, i.type_code, i.customer_id, i.issued_on, i.due_on, i.currency, i.net, i.vat,
       i.gross, i.frozen
  FROM billing_invoice i
  JOIN billing_issue s ON s.invoice_id = i.id
 WHERE i.id = ANY(%(invoices)s::bigint[])
 ORDER BY i.id
