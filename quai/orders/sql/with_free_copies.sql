-- These lines and those of the free copies they earned.
SELECT l.id FROM orders_line l WHERE l.id = ANY (%(lines)s::bigint[])
UNION
SELECT f.id
  FROM orders_line l JOIN orders_line f ON f.order_id = l.order_id AND f.free_with_id = l.id
 WHERE l.id = ANY (%(lines)s::bigint[])
