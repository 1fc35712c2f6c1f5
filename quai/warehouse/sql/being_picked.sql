-- Copies that pickers of open waves are still to fetch from these bins, and what the ledger has there.
WITH claimed AS MATERIALIZED (
    SELECT k.location_id, p.product_id, p.owner_id, p.state, sum(k.quantity)::int AS quantity
      FROM warehouse_wave_state w
      JOIN warehouse_shipment s ON s.wave_id = w.wave_id
      JOIN warehouse_pick k ON k.shipment_id = s.id
      JOIN stock_read_reservation r ON r.id = k.reservation_id
      JOIN stock_read_pool p ON p.id = r.pool_id
     WHERE w.closed < w.shipments
       AND k.location_id = ANY(%(places)s::bigint[])
       AND NOT EXISTS (SELECT FROM warehouse_fetched f WHERE f.shipment_id = s.id)
       AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id)
     GROUP BY k.location_id, p.product_id, p.owner_id, p.state
)
SELECT g.product_id, g.location_id, g.owner_id, g.state, c.quantity, coalesce(b.on_hand, 0) AS on_hand, l.code
  FROM (SELECT DISTINCT product_id, location_id, owner_id, state
          FROM unnest(%(products)s::bigint[], %(places)s::bigint[], %(owners)s::bigint[], %(states)s::text[])
               AS u (product_id, location_id, owner_id, state)) g
  JOIN claimed c USING (product_id, location_id, owner_id, state)
  JOIN stock_read_location l ON l.id = g.location_id
  LEFT JOIN stock_read_bin b USING (product_id, location_id, owner_id, state)
 ORDER BY l.walk_order, l.code, g.product_id
