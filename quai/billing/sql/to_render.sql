-- The next documents released and not rendered, after a given one.
SELECT invoice_id FROM billing_todo_render WHERE invoice_id > %(after)s ORDER BY invoice_id LIMIT %(limit)s
