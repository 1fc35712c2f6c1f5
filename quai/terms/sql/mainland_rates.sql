-- The VAT rates that a product may bear on the mainland, and since when each is known.
SELECT mainland_rate AS rate, min(from_on) AS from_on
  FROM terms_territory_vat WHERE territory = 'mainland'
 GROUP BY mainland_rate
