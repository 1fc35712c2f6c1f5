-- Lines whose pending promises are fewer than their reserved copies, or more than the copies that may keep one.
WITH promised AS (
    SELECT r.demand AS line_id, sum(r.quantity) AS quantity
      FROM stock_read_reservation r LEFT JOIN stock_read_resolution o ON o.reservation_id = r.id
     WHERE o.reservation_id IS NULL
     GROUP BY r.demand
)
SELECT s.line_id, s.reserved, coalesce(p.quantity, 0) AS promised
  FROM orders_line_state s LEFT JOIN promised p USING (line_id)
 WHERE coalesce(p.quantity, 0) < s.reserved
    OR coalesce(p.quantity, 0) > CASE WHEN s.reserved > 0 THEN s.reserved ELSE s.held + s.grouped END
 LIMIT 20
