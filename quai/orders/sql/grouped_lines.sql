-- Lines of these customers that are grouped.
SELECT s.line_id
  FROM orders_line_state s JOIN orders_order o ON o.id = s.order_id
 WHERE s.grouped > 0 AND o.customer_id = ANY (%(customers)s::bigint[])
