-- Open the bins that are about to be looked into for the first time, in key order.
INSERT INTO stock_bin_balance (product_id, location_id, owner_id, state, on_hand)
SELECT DISTINCT g.product_id, g.location_id, g.owner_id, g.state, 0
  FROM unnest(%(products)s::bigint[], %(places)s::bigint[], %(owners)s::bigint[], %(states)s::text[])
       AS g (product_id, location_id, owner_id, state)
  JOIN stock_location l ON l.id = g.location_id AND l.kind IN ('bulk', 'pick', 'staging', 'returns')
 ORDER BY 1, 2, 3, 4
ON CONFLICT DO NOTHING
