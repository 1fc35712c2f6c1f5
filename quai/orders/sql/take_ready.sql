-- Take orders off the list of those to prepare, the oldest first, leaving those another transaction is changing.
WITH taken AS MATERIALIZED (
    SELECT order_id FROM orders_todo_prepare ORDER BY order_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM orders_todo_prepare USING taken WHERE orders_todo_prepare.order_id = taken.order_id
)
SELECT order_id FROM taken ORDER BY order_id
