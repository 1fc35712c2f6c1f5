-- Prices that are not the sum of their parts.
SELECT r.id, r.retail_price, p.parts
  FROM catalogue_price r
  LEFT JOIN (SELECT price_id, sum(retail_price) AS parts FROM catalogue_price_part GROUP BY price_id) p
    ON p.price_id = r.id
 WHERE p.parts IS DISTINCT FROM r.retail_price
 LIMIT 20
