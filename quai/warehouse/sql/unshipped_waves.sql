-- Waves with shipments to close or notes that wait for the truck, the oldest first.
SELECT wave_id
  FROM (SELECT wave_id FROM warehouse_wave_state WHERE closed < shipments
        UNION
        SELECT s.wave_id
          FROM warehouse_todo_depart t
          JOIN warehouse_note n ON n.id = t.note_id
          JOIN warehouse_shipment s ON s.id = n.shipment_id) w
 WHERE %(waves)s::bigint[] IS NULL OR wave_id = ANY(%(waves)s::bigint[])
 ORDER BY wave_id
