-- Put orders on the list of those to prepare; one already there is locked, so that nobody takes it before we commit.
INSERT INTO orders_todo_prepare (order_id)
SELECT DISTINCT order_id FROM unnest(%(orders)s::bigint[]) AS o (order_id) ORDER BY order_id
ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id
