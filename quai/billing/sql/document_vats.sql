-- VAT of documents by category and rate.
SELECT invoice_id, category, rate, base, vat, exemption
  FROM billing_invoice_vat
 WHERE invoice_id = ANY(%(invoices)s::bigint[])
 ORDER BY invoice_id, category, rate
