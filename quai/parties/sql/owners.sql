-- The party, or the outlet of it, that each GLN names.
SELECT gln, party_id, outlet_id FROM parties_gln WHERE gln = ANY (%(glns)s::text[])
