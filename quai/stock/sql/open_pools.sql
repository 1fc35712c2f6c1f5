-- Open the pools (with their balances) that copies are about to enter for the first time, in key order.
WITH entered AS (
    SELECT DISTINCT l.site_id, m.product_id, m.owner_id, m.state
      FROM unnest(%(products)s::bigint[], %(owners)s::bigint[], %(states)s::text[], %(places)s::bigint[])
           AS m (product_id, owner_id, state, location_id)
      JOIN stock_location l ON l.id = m.location_id AND l.kind IN ('bulk', 'pick')
), opened AS (
    INSERT INTO stock_pool (act_id, site_id, product_id, owner_id, state)
    SELECT %(act)s, e.site_id, e.product_id, e.owner_id, e.state
      FROM entered e
      LEFT JOIN stock_pool p USING (product_id, site_id, owner_id, state)
     WHERE p.id IS NULL
     ORDER BY e.product_id, e.site_id, e.owner_id, e.state
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO stock_pool_balance (pool_id, on_hand, reserved) SELECT id, 0, 0 FROM opened ORDER BY id
