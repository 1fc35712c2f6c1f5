-- Issued invoices and credit notes.
SELECT i.id, i.type_code, i.customer_id, i.issuer_id, i.issued_on, i.due_on, i.currency, i.net, i.vat, i.gross,
       s.number, i.act_id
  FROM billing_invoice i
  JOIN billing_issue s ON s.invoice_id = i.id
