-- The next documents rendered and not sent, after a given one.
SELECT t.invoice_id, s.number, r.pdf_sha256
  FROM billing_todo_send t
  JOIN billing_issue s USING (invoice_id)
  JOIN billing_rendition r USING (invoice_id)
 WHERE t.invoice_id > %(after)s
 ORDER BY t.invoice_id
 LIMIT %(limit)s
