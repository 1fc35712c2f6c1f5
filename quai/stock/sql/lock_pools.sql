-- Lock, in key order, the pools that these differences change, and say how many promised copies they leave uncovered.
WITH change AS MATERIALIZED (
    SELECT p.id AS pool_id, sum(g.quantity)::int AS quantity
      FROM unnest(%(products)s::bigint[], %(places)s::bigint[], %(owners)s::bigint[], %(states)s::text[],
                  %(quantities)s::int[]) AS g (product_id, location_id, owner_id, state, quantity)
      JOIN stock_location l ON l.id = g.location_id AND l.kind IN ('bulk', 'pick')
      JOIN stock_pool p USING (product_id, site_id, owner_id, state)
     GROUP BY p.id
), locked AS MATERIALIZED (
    SELECT b.pool_id, b.on_hand + c.quantity AS on_hand, b.reserved
      FROM change c
      JOIN stock_pool_balance b USING (pool_id)
     ORDER BY b.pool_id
       FOR UPDATE OF b
)
SELECT pool_id, reserved - on_hand AS uncovered FROM locked WHERE on_hand < reserved
