-- All lines of the orders that these lines are of.
SELECT l.id
  FROM (SELECT DISTINCT order_id FROM orders_line WHERE id = ANY (%(lines)s::bigint[])) o
  JOIN orders_line l ON l.order_id = o.order_id
 ORDER BY l.id
