-- The share of each price under each VAT rate.
SELECT price_id, position, vat_rate, retail_price, retail_price_net FROM catalogue_price_part
