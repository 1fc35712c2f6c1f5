-- The profile in force on a day of each of these parties.
SELECT p.*
  FROM unnest(%(parties)s::bigint[]) AS asked (party_id)
 CROSS JOIN LATERAL (
       SELECT * FROM parties_profile
        WHERE party_id = asked.party_id AND from_on <= %(on)s
        ORDER BY from_on DESC, id DESC LIMIT 1
       ) p
