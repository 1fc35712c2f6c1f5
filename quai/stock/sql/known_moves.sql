-- Moves whose source key already stands in the ledger with another content.
SELECT g.source_key
  FROM unnest(%(products)s::bigint[], %(owners)s::bigint[], %(states)s::text[], %(origins)s::bigint[],
              %(places)s::bigint[], %(quantities)s::int[], %(reasons)s::text[], %(keys)s::text[])
       WITH ORDINALITY
       AS g (product_id, owner_id, state, from_location_id, to_location_id, quantity, reason, source_key, rank)
  JOIN stock_movement m ON m.source_key = g.source_key
 WHERE (m.product_id, m.owner_id, m.state, m.from_location_id, m.to_location_id, m.quantity, m.reason)
       IS DISTINCT FROM
       (g.product_id, g.owner_id, g.state, g.from_location_id, g.to_location_id, g.quantity, g.reason)
 ORDER BY g.rank
 LIMIT 1
