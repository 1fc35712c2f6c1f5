-- What VAT a delivery bears in each territory, from a date, for products of a mainland rate.
SELECT id, territory, mainland_rate, from_on, rate, category, exemption, source, act_id FROM terms_territory_vat
