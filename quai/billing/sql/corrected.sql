-- The credit notes issued under this key.
SELECT r.content_digest, i.id AS invoice_id, s.number, i.type_code, i.customer_id, i.issued_on, i.due_on, i.net, i.vat,
       i.gross
  FROM billing_credit_request r
  JOIN billing_invoice i ON i.id = r.invoice_id
  JOIN billing_issue s ON s.invoice_id = i.id
 WHERE r.source_key = %(source_key)s
 ORDER BY r.position
