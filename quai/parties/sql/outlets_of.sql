-- The outlets of these parties, each with its address in force on a day.
SELECT o.id AS outlet_id, o.party_id, p.name, p.street, p.street2, p.postcode, p.city, p.country, p.territory,
       p.round_code
  FROM parties_outlet o
 CROSS JOIN LATERAL (
       SELECT * FROM parties_outlet_profile
        WHERE outlet_id = o.id AND from_on <= %(on)s
        ORDER BY from_on DESC, id DESC LIMIT 1
       ) p
 WHERE o.party_id = ANY (%(parties)s::bigint[])
 ORDER BY o.id
