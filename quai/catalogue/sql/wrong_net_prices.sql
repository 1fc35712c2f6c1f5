-- Parts of a price whose amount without VAT is not what their rate makes it.
SELECT price_id, round(retail_price / (1 + vat_rate / 100), 4) AS expected, retail_price_net AS found
  FROM catalogue_price_part
 WHERE retail_price_net <> round(retail_price / (1 + vat_rate / 100), 4)
 LIMIT 20
