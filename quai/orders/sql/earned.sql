-- The free copies that these lines earned, and what decides how many copies earn one.
SELECT f.id AS line_id, f.free_with_id, o.customer_id, l.product_id, o.kind, o.operation_code, o.received_on
  FROM orders_line l
  JOIN orders_order o ON o.id = l.order_id
  JOIN orders_line f ON f.order_id = l.order_id AND f.free_with_id = l.id
 WHERE l.id = ANY (%(lines)s::bigint[])
 ORDER BY f.id
