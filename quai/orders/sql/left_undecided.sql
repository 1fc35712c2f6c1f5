-- Copies that nobody decided, or that wait for a title that is not ours.
SELECT line_id, undecided + CASE WHEN product_id IS NULL THEN reserved + waiting + backordered + held + grouped ELSE 0 END
       AS copies
  FROM orders_line_state
 WHERE undecided > 0 OR (product_id IS NULL AND refused + cancelled < ordered)
 LIMIT 20
