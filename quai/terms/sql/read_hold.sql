-- Which accounts are blocked, or freed again, from a date.
SELECT id, customer_id, from_on, held, act_id FROM terms_hold
