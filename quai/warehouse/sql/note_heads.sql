-- Notes with their carrier, departure and reopening.
SELECT n.id, n.number, n.nature, n.customer_id, n.outlet_id, w.carrier_id, n.closed_on, n.closed_at, n.carriage,
       d.departed_at, r.id IS NOT NULL AS reopened
  FROM warehouse_note n
  JOIN warehouse_shipment s ON s.id = n.shipment_id
  JOIN warehouse_wave w ON w.id = s.wave_id
  LEFT JOIN warehouse_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_reopening r ON r.note_id = n.id
 WHERE n.id = ANY(%(notes)s::bigint[])
 ORDER BY n.id
