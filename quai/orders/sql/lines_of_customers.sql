-- The lines of these customers with copies that have not left; of a partial index, so that those that have are never read.
SELECT s.line_id
  FROM orders_line_state s JOIN orders_order o ON o.id = s.order_id
 WHERE o.customer_id = ANY (%(customers)s::bigint[])
   AND (s.undecided > 0 OR s.waiting > 0 OR s.backordered > 0 OR s.held > 0 OR s.grouped > 0 OR s.reserved > 0)
 ORDER BY s.line_id
