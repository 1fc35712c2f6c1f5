-- The last seal of each table, read after the sealer's lock is held.
SELECT table_name, to_tx, hash FROM core_seal_head
