-- The price in force of each product on a day of its own, with its parts.
SELECT asked.rank, r.from_on, r.retail_price, p.rates, p.amounts
  FROM unnest(%(products)s::bigint[], %(days)s::date[]) WITH ORDINALITY AS asked (product_id, on_day, rank)
 CROSS JOIN LATERAL (
       SELECT id, from_on, retail_price FROM catalogue_price
        WHERE product_id = asked.product_id AND from_on <= asked.on_day ORDER BY from_on DESC, id DESC LIMIT 1
       ) r
 CROSS JOIN LATERAL (
       SELECT array_agg(vat_rate ORDER BY position) AS rates, array_agg(retail_price ORDER BY position) AS amounts
         FROM catalogue_price_part WHERE price_id = r.id
       ) p
