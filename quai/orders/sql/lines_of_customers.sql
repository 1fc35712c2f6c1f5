-- The lines of these customers with copies that have not left.
SELECT s.line_id
  FROM orders_order o
  JOIN orders_line l ON l.order_id = o.id
  JOIN orders_line_state s ON s.line_id = l.id
 WHERE o.customer_id = ANY (%(customers)s::bigint[])
   AND (s.undecided > 0 OR s.reserved > 0 OR s.waiting > 0 OR s.backordered > 0 OR s.held > 0 OR s.grouped > 0)
 ORDER BY s.line_id
