-- Lock, in key order, the waves of these shipments: whoever ships the same ones waits, then finds them done.
SELECT s.wave_id
  FROM warehouse_wave_state s
 WHERE s.wave_id IN (SELECT wave_id FROM warehouse_shipment WHERE id = ANY(%(shipments)s::bigint[]))
 ORDER BY s.wave_id
   FOR UPDATE OF s
