-- Those of these keys under which copies moved.
SELECT source_key FROM stock_movement WHERE source_key = ANY(%(keys)s::text[])
