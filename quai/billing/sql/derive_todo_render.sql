-- Documents released and not rendered.
SELECT s.invoice_id FROM billing_release s LEFT JOIN billing_rendition r USING (invoice_id) WHERE r.invoice_id IS NULL
