-- Lock these lines in key order and say where their copies are.
WITH locked AS MATERIALIZED (
    SELECT line_id, order_id, ordered, undecided, reserved, waiting, backordered, held, grouped, shipped, cancelled
      FROM orders_line_state WHERE line_id = ANY (%(lines)s::bigint[]) ORDER BY line_id FOR UPDATE
)
SELECT line_id, order_id, ordered, undecided, reserved, waiting, backordered, held, grouped, shipped, cancelled FROM locked
