-- Whose invoices this correction is about.
SELECT DISTINCT customer_id FROM run_line ORDER BY customer_id
