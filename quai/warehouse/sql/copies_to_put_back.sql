-- Where the copies of these notes came from: each goes back to its own bin.
SELECT n.id AS note_id, n.nature, k.id AS pick_id, r.demand AS line_id, p.product_id, p.owner_id, p.state, k.location_id,
       k.quantity - coalesce(m.missing, 0) AS quantity
  FROM unnest(%(notes)s::bigint[]) AS g (id)
  JOIN warehouse_note n ON n.id = g.id
  JOIN warehouse_pick k ON k.shipment_id = n.shipment_id
  JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id AND x.taken > 0
  JOIN stock_read_reservation r ON r.id = k.reservation_id
  JOIN stock_read_pool p ON p.id = r.pool_id
  LEFT JOIN warehouse_shortage m ON m.pick_id = k.id
 WHERE k.quantity > coalesce(m.missing, 0)
 ORDER BY k.id
