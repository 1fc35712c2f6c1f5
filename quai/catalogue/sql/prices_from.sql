-- The prices of these products in force on a day, and those to come, with their parts.
SELECT r.id, r.product_id, r.from_on, r.retail_price, p.rates, p.amounts
  FROM unnest(%(products)s::bigint[]) AS asked (product_id)
 CROSS JOIN LATERAL (
       (SELECT id, product_id, from_on, retail_price FROM catalogue_price
         WHERE product_id = asked.product_id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1)
       UNION ALL
       (SELECT DISTINCT ON (from_on) id, product_id, from_on, retail_price FROM catalogue_price
         WHERE product_id = asked.product_id AND from_on > %(on)s ORDER BY from_on, id DESC)
       ) r
 CROSS JOIN LATERAL (
       SELECT array_agg(vat_rate ORDER BY position) AS rates, array_agg(retail_price ORDER BY position) AS amounts
         FROM catalogue_price_part WHERE price_id = r.id
       ) p
 ORDER BY r.product_id, r.from_on
