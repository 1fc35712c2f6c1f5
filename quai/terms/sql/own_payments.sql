-- The payment terms in force on a day of these customers themselves, and the house's default, by operation.
SELECT DISTINCT ON (customer_id, operation_code) *
  FROM terms_payment
 WHERE (customer_id = ANY (%(customers)s::bigint[]) OR customer_id IS NULL) AND from_on <= %(on)s
 ORDER BY customer_id, operation_code, from_on DESC, id DESC
