-- The transaction id below which every transaction has ended.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS tx
