-- The sales rights of each product in force on a day of its own.
SELECT asked.rank, asked.product_id, r.allowed, r.barred, r.barred_elsewhere
  FROM unnest(%(products)s::bigint[], %(days)s::date[]) WITH ORDINALITY AS asked (product_id, on_day, rank)
 CROSS JOIN LATERAL (
       SELECT allowed, barred, barred_elsewhere FROM catalogue_rights
        WHERE product_id = asked.product_id AND from_on <= asked.on_day ORDER BY from_on DESC, id DESC LIMIT 1
       ) r
