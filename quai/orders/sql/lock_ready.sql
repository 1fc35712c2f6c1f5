-- Those of these orders that are to be prepared and that no wave is taking right now.
SELECT order_id FROM orders_todo_prepare
 WHERE order_id = ANY (%(orders)s::bigint[])
 ORDER BY order_id
   FOR UPDATE SKIP LOCKED
