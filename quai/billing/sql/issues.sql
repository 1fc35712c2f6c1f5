-- Every document with the number and hash it was issued under, if it was.
SELECT i.id AS invoice_id, i.issued_on, s.number, s.hash
  FROM billing_invoice i
  LEFT JOIN billing_issue s ON s.invoice_id = i.id
 ORDER BY i.id
