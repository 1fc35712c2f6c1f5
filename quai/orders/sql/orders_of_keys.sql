-- The orders already recorded under these keys.
SELECT source_key, id FROM orders_order WHERE source_key = ANY (%(keys)s::text[])
