-- Reports of missing copies already written under these keys.
SELECT r.source_key, r.location_id, r.product_id, r.owner_id, r.state, r.missing
  FROM stock_missing_report r WHERE r.source_key = ANY(%(keys)s)
