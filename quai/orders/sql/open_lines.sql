-- Lock, in key order, the lines that still have copies to decide: those given, those of titles given, or all.
WITH wanted AS MATERIALIZED (
    SELECT line_id, order_id, product_id, undecided, reserved, waiting, backordered, held, grouped
      FROM orders_line_state
     WHERE (undecided > 0 OR waiting > 0 OR backordered > 0 OR held > 0 OR grouped > 0)
       AND (%(lines)s::bigint[] IS NULL OR line_id = ANY (%(lines)s::bigint[]))
       AND (%(products)s::bigint[] IS NULL OR product_id = ANY (%(products)s::bigint[]))
     ORDER BY line_id
       FOR UPDATE
)
SELECT line_id, order_id, product_id, undecided, reserved, waiting, backordered, held, grouped FROM wanted
