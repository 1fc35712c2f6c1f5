-- How many invoices this correction is about.
SELECT count(DISTINCT group_of) AS invoices FROM run_line
