-- The picks of a wave in walking order; `remaining` is what the bin should hold once all of them are done.
SELECT k.id AS pick_id, k.rank, k.shipment_id, s.customer_id, r.demand AS line_id, l.code AS place, p.product_id,
       k.quantity,
       coalesce(b.on_hand, 0) - coalesce(sum(k.quantity) FILTER (WHERE f.id IS NULL AND x.reservation_id IS NULL)
           OVER (PARTITION BY k.location_id, p.product_id, p.owner_id, p.state), 0)::int AS remaining,
       coalesce(m.missing, 0) AS missing, f.id IS NOT NULL AS fetched,
       x.reservation_id IS NOT NULL AND (f.id IS NULL OR x.taken = 0 AND m.id IS NULL) AS void
  FROM warehouse_shipment s
  JOIN warehouse_pick k ON k.shipment_id = s.id
  JOIN stock_read_reservation r ON r.id = k.reservation_id
  JOIN stock_read_pool p ON p.id = r.pool_id
  JOIN stock_read_location l ON l.id = k.location_id
  LEFT JOIN stock_read_bin b ON b.product_id = p.product_id AND b.location_id = k.location_id
                            AND b.owner_id = p.owner_id AND b.state = p.state
  LEFT JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id
  LEFT JOIN warehouse_fetched f ON f.shipment_id = s.id
  LEFT JOIN warehouse_shortage m ON m.pick_id = k.id
 WHERE s.wave_id = %(wave)s
 ORDER BY k.rank, k.id
