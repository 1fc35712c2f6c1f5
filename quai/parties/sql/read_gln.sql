-- Whom a Global Location Number names.
SELECT gln, party_id, outlet_id FROM parties_gln
