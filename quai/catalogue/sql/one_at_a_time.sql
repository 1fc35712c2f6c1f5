-- Let one entry of titles at a time compare with what is known, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('catalogue.enter', 0))
