-- Whose notes this run is about.
SELECT DISTINCT customer_id FROM run_note ORDER BY customer_id
