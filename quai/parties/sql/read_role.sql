-- What each party is to the house, from a date; an ended role says so.
SELECT id, party_id, role, from_on, ended, act_id FROM parties_role
