-- The house and its own GLNs, first registered first.
SELECT h.party_id, coalesce(array_agg(g.gln ORDER BY g.id) FILTER (WHERE g.id IS NOT NULL), '{}') AS glns
  FROM parties_house h
  LEFT JOIN parties_gln g ON g.party_id = h.party_id AND g.outlet_id IS NULL
 GROUP BY h.party_id
