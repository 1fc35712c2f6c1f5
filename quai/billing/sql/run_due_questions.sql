-- What decides when each document falls due.
SELECT invoice_id, customer_id, operation_code FROM run_document ORDER BY invoice_id
