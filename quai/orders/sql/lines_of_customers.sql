-- The lines of these customers with copies to decide, or reserved and in no wave yet: found among those of the house, by
-- a partial index and by the list of orders to prepare, so that what has left is never read.
SELECT s.line_id
  FROM orders_line_state s JOIN orders_order o ON o.id = s.order_id
 WHERE o.customer_id = ANY (%(customers)s::bigint[])
   AND (s.undecided > 0 OR s.waiting > 0 OR s.backordered > 0 OR s.held > 0 OR s.grouped > 0)
UNION
SELECT s.line_id
  FROM orders_todo_prepare t
  JOIN orders_order o ON o.id = t.order_id
  JOIN orders_line l ON l.order_id = t.order_id
  JOIN orders_line_state s ON s.line_id = l.id
 WHERE o.customer_id = ANY (%(customers)s::bigint[])
   AND s.reserved > 0
 ORDER BY line_id
