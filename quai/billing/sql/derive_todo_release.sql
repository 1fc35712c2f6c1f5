-- Documents issued and not released.
SELECT s.invoice_id FROM billing_issue s LEFT JOIN billing_release r USING (invoice_id) WHERE r.invoice_id IS NULL
