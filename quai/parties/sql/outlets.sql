-- The address in force on a day of each of these outlets, with the first GLN of its own.
SELECT o.id AS outlet_id, o.party_id, coalesce(g.gln, '') AS gln,
       p.name, p.street, p.street2, p.postcode, p.city, p.country, p.territory, p.round_code
  FROM unnest(%(outlets)s::bigint[]) AS asked (outlet_id)
  JOIN parties_outlet o ON o.id = asked.outlet_id
 CROSS JOIN LATERAL (
       SELECT * FROM parties_outlet_profile
        WHERE outlet_id = o.id AND from_on <= %(on)s
        ORDER BY from_on DESC, id DESC LIMIT 1
       ) p
  LEFT JOIN LATERAL (
       SELECT gln FROM parties_gln WHERE party_id = o.party_id AND outlet_id = o.id ORDER BY id LIMIT 1
       ) g ON true
