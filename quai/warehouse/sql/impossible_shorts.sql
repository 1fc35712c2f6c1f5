-- Shortages that name no pick, or more copies than the pick asked for, or none.
SELECT g.pick_id, g.missing, k.quantity
  FROM unnest(%(picks)s::bigint[], %(missing)s::int[]) AS g (pick_id, missing)
  LEFT JOIN warehouse_pick k ON k.id = g.pick_id
 WHERE k.id IS NULL OR g.missing NOT BETWEEN 1 AND k.quantity
 ORDER BY g.pick_id
 LIMIT 1
