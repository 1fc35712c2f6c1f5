-- Waves with shipments to close, the oldest first.
SELECT wave_id
  FROM warehouse_wave_state
 WHERE closed < shipments AND (%(waves)s::bigint[] IS NULL OR wave_id = ANY(%(waves)s::bigint[]))
 ORDER BY wave_id
