-- Lock those of these documents that nobody has rendered yet: whoever comes second finds none left.
SELECT invoice_id FROM billing_todo_render WHERE invoice_id = ANY(%(invoices)s::bigint[])
 ORDER BY invoice_id FOR UPDATE
