-- Entries of these causes.
SELECT id, source_key FROM accounts_entry WHERE source_key = ANY(%(keys)s)
