-- Take off the list of orders to prepare those of which a wave holds every reserved line.
DELETE FROM orders_todo_prepare t
 WHERE t.order_id = ANY (%(orders)s::bigint[])
   AND NOT EXISTS (SELECT FROM orders_line l JOIN orders_line_state s ON s.line_id = l.id
                    WHERE l.order_id = t.order_id AND s.reserved > 0 AND NOT (l.id = ANY (%(in_preparation)s::bigint[])))
