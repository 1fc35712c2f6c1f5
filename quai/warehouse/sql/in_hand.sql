-- The promises of these titles that a wave holds: released only when no other is left.
SELECT DISTINCT r.id
  FROM stock_read_pool p
  JOIN stock_read_reservation r ON r.pool_id = p.id
  JOIN warehouse_pick k ON k.reservation_id = r.id
 WHERE p.product_id = ANY(%(products)s::bigint[])
   AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id)
