-- Write the VAT of this run's documents.
INSERT INTO billing_invoice_vat (act_id, invoice_id, category, rate, base, vat, exemption)
SELECT %(act)s, invoice_id, category, rate, base, vat, exemption
  FROM run_vat
 ORDER BY invoice_id, category, rate
