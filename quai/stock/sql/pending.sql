-- Promises of these demands that are neither taken nor released.
SELECT r.id, r.demand, p.product_id, p.owner_id, r.quantity
  FROM unnest(%(demands)s::bigint[]) AS d (demand)
  JOIN stock_reservation r ON r.demand = d.demand
  JOIN stock_pool p ON p.id = r.pool_id
  LEFT JOIN stock_resolution o ON o.reservation_id = r.id
 WHERE o.reservation_id IS NULL
 ORDER BY r.id
