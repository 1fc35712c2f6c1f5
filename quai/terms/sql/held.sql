-- Which of these customers are blocked on a day.
SELECT h.customer_id
  FROM unnest(%(customers)s::bigint[]) AS asked (customer_id)
 CROSS JOIN LATERAL (
       SELECT customer_id, held FROM terms_hold
        WHERE customer_id = asked.customer_id AND from_on <= %(on)s
        ORDER BY from_on DESC, id DESC LIMIT 1
       ) h
 WHERE h.held
