-- A bin holds what came in less what went out; a bin once touched or counted keeps its row, at zero.
SELECT product_id, location_id, owner_id, state, sum(quantity)::int AS on_hand
  FROM (SELECT m.product_id, m.to_location_id AS location_id, m.owner_id, m.state, m.quantity FROM stock_movement m
        UNION ALL
        SELECT m.product_id, m.from_location_id, m.owner_id, m.state, -m.quantity FROM stock_movement m
        UNION ALL
        SELECT c.product_id, c.location_id, c.owner_id, c.state, 0 FROM stock_count c
        UNION ALL
        SELECT r.product_id, r.location_id, r.owner_id, r.state, 0 FROM stock_missing_report r) ends
 WHERE location_id IN (SELECT id FROM stock_location WHERE kind IN ('bulk', 'pick', 'staging', 'returns'))
 GROUP BY product_id, location_id, owner_id, state
