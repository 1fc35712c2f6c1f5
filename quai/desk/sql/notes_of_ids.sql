-- When these notes were closed and left.
SELECT id, number, closed_on, departed_at FROM warehouse_read_note WHERE id = ANY(%(notes)s::bigint[]) ORDER BY id
