-- The prices announced after a day, those that still stand.
SELECT DISTINCT ON (product_id, from_on) id, product_id, from_on, retail_price
  FROM catalogue_price
 WHERE product_id = ANY (%(products)s::bigint[]) AND from_on > %(on)s
 ORDER BY product_id, from_on, id DESC
