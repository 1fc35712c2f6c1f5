-- Picks that the ledger does not bear out: their reservation ended otherwise, never was, or is smaller.
SELECT g.reservation_id, r.quantity AS promised, o.taken AS already, g.taken
  FROM (SELECT reservation_id, sum(quantity)::int AS taken,
               array_agg(source_key) FILTER (WHERE quantity > 0) AS keys
          FROM unnest(%(reservations)s::bigint[], %(quantities)s::int[], %(keys)s::text[])
               AS p (reservation_id, quantity, source_key)
         GROUP BY reservation_id) g
  LEFT JOIN stock_reservation r ON r.id = g.reservation_id
  LEFT JOIN stock_resolution o ON o.reservation_id = g.reservation_id
 WHERE o.taken IS DISTINCT FROM g.taken
 ORDER BY g.reservation_id
 LIMIT 1
