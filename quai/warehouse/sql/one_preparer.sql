-- One preparer at a time: a second one waits here, so that two waves never count on the same copies.
SELECT pg_advisory_xact_lock(20260902)
