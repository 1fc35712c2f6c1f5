-- What was kept as the last notice of each of these products.
SELECT n.product_id, n.content_id
  FROM unnest(%(products)s::bigint[]) AS asked (product_id)
 CROSS JOIN LATERAL (
       SELECT product_id, content_id FROM catalogue_notice
        WHERE product_id = asked.product_id ORDER BY id DESC LIMIT 1
       ) n
