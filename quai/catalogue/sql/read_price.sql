-- The public prices, VAT included, from a date.
SELECT id, product_id, from_on, retail_price, currency, act_id FROM catalogue_price
