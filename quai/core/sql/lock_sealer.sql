-- One sealer at a time: a second one waits here, and reads the heads only once the first is done.
SELECT pg_advisory_xact_lock(20260901)
