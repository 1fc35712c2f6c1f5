-- How many copies of each line have each fate now.
SELECT line_id, order_id, product_id, ordered, undecided, reserved, waiting, backordered, held, grouped, shipped, refused,
       cancelled
  FROM orders_line_state
