-- The availability in force of each product on a day of its own.
SELECT asked.rank, a.code, a.on_sale_on, a.expected_on, a.new_distributor_gln
  FROM unnest(%(products)s::bigint[], %(days)s::date[]) WITH ORDINALITY AS asked (product_id, on_day, rank)
 CROSS JOIN LATERAL (
       SELECT * FROM catalogue_availability
        WHERE product_id = asked.product_id AND from_on <= asked.on_day ORDER BY from_on DESC, id DESC LIMIT 1
       ) a
