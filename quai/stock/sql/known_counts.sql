-- Counts already written under these keys.
SELECT c.source_key, c.location_id, c.product_id, c.owner_id, c.state, c.counted
  FROM stock_count c WHERE c.source_key = ANY(%(keys)s)
