-- Write the headers of this run's documents, their totals taken from their VAT.
WITH total AS (
    SELECT invoice_id, sum(base) AS net, sum(vat) AS vat FROM run_vat GROUP BY invoice_id
)
INSERT INTO billing_invoice (id, act_id, type_code, customer_id, issuer_id, issued_on, due_on, currency,
                             net, vat, gross, frozen)
SELECT d.invoice_id, %(act)s, d.type_code, d.customer_id, %(house)s, %(on)s, greatest(q.due_on, %(on)s), 'EUR',
       t.net, t.vat, t.net + t.vat, d.frozen::text
  FROM run_document d
  JOIN total t USING (invoice_id)
  JOIN unnest(%(invoices)s::bigint[], %(due)s::date[]) AS q (invoice_id, due_on) USING (invoice_id)
 ORDER BY d.invoice_id
