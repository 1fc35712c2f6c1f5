-- Let one registration at a time look for a party and make it, until the transaction ends: names have no key.
SELECT pg_advisory_xact_lock(hashtextextended('parties.register', 0))
