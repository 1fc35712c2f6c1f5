-- One correction of a key at a time: a second one waits here, then finds the first.
SELECT pg_advisory_xact_lock(hashtextextended('billing.credit ' || %(source_key)s, 0))
