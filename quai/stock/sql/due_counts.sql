-- Bins due for a count, in walking order.
SELECT t.location_id, l.code, t.product_id, t.reports
  FROM stock_todo_count t JOIN stock_location l ON l.id = t.location_id
 ORDER BY l.walk_order, l.code, t.product_id
