-- The real places where copies of one title stand.
SELECT l.code AS location, l.kind, b.on_hand
  FROM stock_read_bin b
  JOIN stock_read_location l ON l.id = b.location_id
 WHERE b.product_id = %(product)s AND b.on_hand > 0
 ORDER BY l.walk_order, l.code
