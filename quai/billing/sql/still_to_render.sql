-- Which of these documents nobody has rendered yet.
SELECT invoice_id FROM billing_todo_render WHERE invoice_id = ANY(%(invoices)s::bigint[])
