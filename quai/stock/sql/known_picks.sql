-- Picks whose movement is missing or says something else than the pick does.
SELECT g.source_key
  FROM unnest(%(reservations)s::bigint[], %(origins)s::bigint[], %(quantities)s::int[], %(keys)s::text[])
       AS g (reservation_id, from_location_id, quantity, source_key)
  JOIN stock_reservation r ON r.id = g.reservation_id
  JOIN stock_pool p ON p.id = r.pool_id
  LEFT JOIN stock_movement m ON m.source_key = g.source_key
 WHERE g.quantity > 0
   AND (m.product_id, m.owner_id, m.state, m.from_location_id, m.quantity, m.reason)
       IS DISTINCT FROM (p.product_id, p.owner_id, p.state, g.from_location_id, g.quantity, 'pick')
 LIMIT 1
