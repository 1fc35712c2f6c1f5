-- Promises fetched of which the end is not what the picks minus the shortages say; a withdrawn one gave nothing.
SELECT k.reservation_id, k.quantity, x.taken
  FROM (SELECT k.reservation_id, sum(k.quantity - coalesce(m.missing, 0))::int AS quantity
          FROM warehouse_pick k
          JOIN warehouse_fetched f ON f.shipment_id = k.shipment_id
          LEFT JOIN warehouse_shortage m ON m.pick_id = k.id
         GROUP BY k.reservation_id) k
  LEFT JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id
 WHERE x.taken IS NULL OR x.taken NOT IN (0, k.quantity)
 LIMIT 20
