-- The account terms in force on a day of each customer: its own, else the house's default.
SELECT asked.customer_id AS asked_id, t.*
  FROM unnest(%(customers)s::bigint[]) AS asked (customer_id)
 CROSS JOIN LATERAL (
       SELECT * FROM (
              (SELECT * FROM terms_account
                WHERE customer_id = asked.customer_id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1)
              UNION ALL
              (SELECT * FROM terms_account
                WHERE customer_id IS NULL AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1)
              ) own_or_default
        ORDER BY customer_id IS NULL LIMIT 1
       ) t
