-- Totals of the invoices issued that day by VAT rate.
SELECT v.rate, v.category, sum(v.base) AS base, sum(v.vat) AS vat
  FROM billing_read_invoice_vat v
  JOIN billing_read_invoice i ON i.id = v.invoice_id
 WHERE i.issued_on = %(day)s
 GROUP BY v.rate, v.category
 ORDER BY v.rate, v.category
