-- Order lines of which a wave holds copies that are on no note yet: still on their shelf, or on the dock.
SELECT DISTINCT r.demand AS line_id
  FROM unnest(%(lines)s::bigint[]) AS g (id)
  JOIN stock_read_reservation r ON r.demand = g.id
  JOIN warehouse_pick k ON k.reservation_id = r.id
 WHERE NOT EXISTS (SELECT FROM stock_read_resolution x
                    WHERE x.reservation_id = r.id
                      AND (x.taken = 0 OR EXISTS (SELECT FROM warehouse_note n WHERE n.shipment_id = k.shipment_id)))
