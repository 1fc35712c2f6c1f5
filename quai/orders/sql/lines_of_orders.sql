-- The lines of these orders.
SELECT id FROM orders_line WHERE order_id = ANY (%(orders)s::bigint[]) ORDER BY id
