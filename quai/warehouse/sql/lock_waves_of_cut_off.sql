-- Lock, in key order, the open waves of a cut-off: shipments may still be added to those that nobody began to pick.
SELECT s.wave_id
  FROM warehouse_wave_state s
 WHERE s.closed < s.shipments
   AND s.wave_id IN (SELECT id FROM warehouse_wave WHERE cut_off_at = %(cut_off)s)
 ORDER BY s.wave_id
   FOR UPDATE OF s
