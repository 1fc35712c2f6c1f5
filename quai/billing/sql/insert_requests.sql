-- Write under which key these credit notes were asked for.
INSERT INTO billing_credit_request (act_id, source_key, position, content_digest, invoice_id)
SELECT %(act)s, %(source_key)s, position, %(content)s, invoice_id
  FROM unnest(%(invoices)s::bigint[]) WITH ORDINALITY AS g (invoice_id, position)
