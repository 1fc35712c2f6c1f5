-- Which of these documents have not left yet.
SELECT invoice_id FROM billing_todo_send WHERE invoice_id = ANY(%(invoices)s::bigint[])
