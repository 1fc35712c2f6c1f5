-- Let one list of slips at a time compare with what has entered, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('exchange.slips', 0))
