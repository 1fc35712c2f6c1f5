-- One judge at a time: a second one waits here, then finds what the first decided.
SELECT pg_advisory_xact_lock(hashtextextended('orders.judge', 0))
