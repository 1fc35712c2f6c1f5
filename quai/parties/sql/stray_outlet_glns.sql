-- GLNs that name an outlet of another party than their own.
SELECT g.gln, o.party_id AS expected, g.party_id AS found
  FROM parties_gln g
  JOIN parties_outlet o ON o.id = g.outlet_id
 WHERE o.party_id <> g.party_id
 LIMIT 20
