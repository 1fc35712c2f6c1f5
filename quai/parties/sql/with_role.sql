-- The parties that have a role on a day.
SELECT party_id
  FROM (SELECT DISTINCT ON (party_id) party_id, ended
          FROM parties_role
         WHERE role = %(role)s AND from_on <= %(on)s
         ORDER BY party_id, from_on DESC, id DESC) latest
 WHERE NOT ended
 ORDER BY party_id
