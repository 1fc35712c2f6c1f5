-- The roles that these parties have on a day.
SELECT party_id, role
  FROM (SELECT DISTINCT ON (party_id, role) party_id, role, ended
          FROM parties_role
         WHERE party_id = ANY (%(parties)s::bigint[]) AND role = ANY (%(roles)s::text[]) AND from_on <= %(on)s
         ORDER BY party_id, role, from_on DESC, id DESC) latest
 WHERE NOT ended
