-- Parties and outlets of which nothing was ever said.
SELECT 'party' AS what, p.id
  FROM parties_party p
  LEFT JOIN (SELECT DISTINCT party_id FROM parties_profile) d ON d.party_id = p.id
 WHERE d.party_id IS NULL
UNION ALL
SELECT 'outlet', o.id
  FROM parties_outlet o
  LEFT JOIN (SELECT DISTINCT outlet_id FROM parties_outlet_profile) d ON d.outlet_id = o.id
 WHERE d.outlet_id IS NULL
 LIMIT 20
