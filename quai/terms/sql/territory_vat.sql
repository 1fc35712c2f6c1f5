-- The VAT in force on a day of each territory and mainland rate.
SELECT q.territory AS asked_territory, q.mainland_rate AS asked_rate, v.*
  FROM unnest(%(territories)s::text[], %(rates)s::numeric[]) AS q (territory, mainland_rate)
 CROSS JOIN LATERAL (
       SELECT * FROM terms_territory_vat
        WHERE territory = q.territory AND mainland_rate = q.mainland_rate AND from_on <= %(on)s
        ORDER BY from_on DESC, id DESC LIMIT 1
       ) v
