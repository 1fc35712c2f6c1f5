-- The picks of these shipments that nobody recorded yet, and whether their promise still stands.
SELECT k.id, s.id AS shipment_id, k.reservation_id, r.demand AS line_id, p.product_id, p.owner_id, p.state,
       k.location_id, k.quantity, x.reservation_id IS NOT NULL AS void
  FROM unnest(%(shipments)s::bigint[]) AS g (id)
  JOIN warehouse_shipment s ON s.id = g.id
  JOIN warehouse_pick k ON k.shipment_id = s.id
  JOIN stock_read_reservation r ON r.id = k.reservation_id
  JOIN stock_read_pool p ON p.id = r.pool_id
  LEFT JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id
 WHERE NOT EXISTS (SELECT FROM warehouse_fetched f WHERE f.shipment_id = s.id)
 ORDER BY k.id
