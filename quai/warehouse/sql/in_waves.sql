-- Order lines of these customers of which an open wave holds copies that are on no note yet.
SELECT DISTINCT r.demand AS line_id
  FROM warehouse_wave_state w
  JOIN warehouse_shipment s ON s.wave_id = w.wave_id
  JOIN warehouse_pick k ON k.shipment_id = s.id
  JOIN stock_read_reservation r ON r.id = k.reservation_id
 WHERE w.closed < w.shipments
   AND s.customer_id = ANY (%(customers)s::bigint[])
   AND NOT EXISTS (SELECT FROM warehouse_note n WHERE n.shipment_id = s.id)
   AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id AND x.taken = 0)
 ORDER BY line_id
