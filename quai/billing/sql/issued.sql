-- Documents of this run by id, with what their entries need: base, VAT and carriage by rate.
SELECT i.id AS invoice_id, s.number, i.type_code, i.customer_id, i.issued_on, i.due_on, i.net, i.vat, i.gross,
       array_agg(v.rate ORDER BY v.category, v.rate) AS rates, array_agg(v.base ORDER BY v.category, v.rate) AS bases,
       array_agg(v.vat ORDER BY v.category, v.rate) AS vats,
       array_agg(v.carriage ORDER BY v.category, v.rate) AS carriages
  FROM billing_invoice i
  JOIN billing_issue s ON s.invoice_id = i.id
  JOIN run_vat v ON v.invoice_id = i.id
 WHERE i.id = ANY(%(invoices)s::bigint[])
 GROUP BY i.id, s.number
 ORDER BY i.id
