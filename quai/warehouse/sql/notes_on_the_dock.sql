-- Notes that wait for their truck: all, or those of these customers, of this carrier.
SELECT t.note_id, n.number, n.customer_id, w.carrier_id
  FROM warehouse_todo_depart t
  JOIN warehouse_note n ON n.id = t.note_id
  JOIN warehouse_shipment s ON s.id = n.shipment_id
  JOIN warehouse_wave w ON w.id = s.wave_id
 WHERE (%(customers)s::bigint[] IS NULL OR n.customer_id = ANY(%(customers)s::bigint[]))
   AND (%(carrier)s::bigint IS NULL OR w.carrier_id = %(carrier)s)
 ORDER BY t.note_id
