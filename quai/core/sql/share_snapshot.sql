-- Let other sessions see what this transaction sees, until it ends.
SELECT pg_export_snapshot() AS name
