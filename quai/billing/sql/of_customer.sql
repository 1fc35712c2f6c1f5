-- The last documents of a customer, newest first.
SELECT i.id AS invoice_id, s.number, i.type_code, i.customer_id, i.issued_on, i.due_on, i.net, i.vat, i.gross
  FROM billing_invoice i
  JOIN billing_issue s ON s.invoice_id = i.id
 WHERE i.customer_id = %(customer)s
 ORDER BY i.id DESC
 LIMIT %(limit)s
