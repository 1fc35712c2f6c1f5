-- The notes of a wave that wait for the truck.
SELECT t.note_id
  FROM warehouse_shipment s
  JOIN warehouse_note n ON n.shipment_id = s.id
  JOIN warehouse_todo_depart t ON t.note_id = n.id
 WHERE s.wave_id = %(wave)s
 ORDER BY t.note_id
