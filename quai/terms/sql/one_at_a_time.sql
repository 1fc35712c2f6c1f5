-- Let one entry of terms at a time compare with what is known, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('terms.enter', 0))
