-- Lock those of these documents that have not left yet: whoever comes second finds none left.
SELECT invoice_id FROM billing_todo_send WHERE invoice_id = ANY(%(invoices)s::bigint[])
 ORDER BY invoice_id FOR UPDATE
