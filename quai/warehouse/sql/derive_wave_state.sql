-- How far each wave is: a shipment is closed by its note, or by having given no copies.
SELECT s.wave_id, count(*)::int AS shipments,
       (count(*) FILTER (WHERE n.id IS NOT NULL OR f.copies = 0))::int AS closed
  FROM warehouse_shipment s
  LEFT JOIN warehouse_fetched f ON f.shipment_id = s.id
  LEFT JOIN warehouse_note n ON n.shipment_id = s.id
 GROUP BY s.wave_id
