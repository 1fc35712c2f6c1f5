-- Waves that have shipments to close, the oldest first.
SELECT w.id AS wave_id, w.site_id, w.carrier_id, w.kind, w.cut_off_at, s.shipments, s.closed
  FROM warehouse_wave_state s
  JOIN warehouse_wave w ON w.id = s.wave_id
 WHERE s.closed < s.shipments
 ORDER BY w.id
