-- Which titles are schoolbooks, or no longer are, from a date.
SELECT id, product_id, from_on, schoolbook, act_id FROM catalogue_schoolbook
