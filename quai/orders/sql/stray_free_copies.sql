-- Free copies that do not belong to the line that earned them.
SELECT f.id, f.free_with_id
  FROM orders_line f JOIN orders_line l ON l.id = f.free_with_id
 WHERE (f.order_id, f.product_id) IS DISTINCT FROM (l.order_id, l.product_id) OR f.quantity > l.quantity
 LIMIT 20
