-- Counts whose difference is not what was moved to or from their bin because of them.
SELECT c.source_key, c.difference,
       coalesce(CASE WHEN m.to_location_id = c.location_id THEN m.quantity ELSE -m.quantity END, 0) AS moved
  FROM stock_count c LEFT JOIN stock_movement m ON m.source_key = c.source_key
 WHERE c.difference <> coalesce(CASE WHEN m.to_location_id = c.location_id THEN m.quantity ELSE -m.quantity END, 0)
 LIMIT 20
