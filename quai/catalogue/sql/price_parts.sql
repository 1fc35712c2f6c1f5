-- The parts of these prices, by VAT rate.
SELECT price_id, position, vat_rate, retail_price, retail_price_net
  FROM catalogue_price_part
 WHERE price_id = ANY (%(prices)s::bigint[])
 ORDER BY price_id, position
