-- The account terms in force on a day of these customers themselves, and the house's default.
SELECT DISTINCT ON (customer_id) *
  FROM terms_account
 WHERE (customer_id = ANY (%(customers)s::bigint[]) OR customer_id IS NULL) AND from_on <= %(on)s
 ORDER BY customer_id, from_on DESC, id DESC
