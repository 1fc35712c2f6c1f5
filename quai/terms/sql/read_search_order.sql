-- Which criterion counts first in the search of discounts, from a date.
SELECT id, from_on, operation, product, customer, mode_and_kind, act_id FROM terms_search_order
