-- Orders with copies reserved and in no wave. Held and grouped copies keep their promise too, but are not to prepare:
-- a line's promises are either all on their way or all held back.
SELECT DISTINCT s.order_id
  FROM stock_read_reservation r
  JOIN orders_read_line_state s ON s.line_id = r.demand AND s.reserved > 0
  LEFT JOIN stock_read_resolution x ON x.reservation_id = r.id
  LEFT JOIN warehouse_pick k ON k.reservation_id = r.id
 WHERE x.reservation_id IS NULL AND k.id IS NULL
