-- Documents rendered and not sent.
SELECT s.invoice_id FROM billing_rendition s LEFT JOIN billing_sending r USING (invoice_id) WHERE r.invoice_id IS NULL
