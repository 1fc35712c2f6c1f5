-- The last movements of a title, newest first.
SELECT m.id, m.at, m.owner_id, m.state, f.code AS from_code, t.code AS to_code, m.quantity, m.reason, m.source_key
  FROM stock_movement m
  JOIN stock_location f ON f.id = m.from_location_id
  JOIN stock_location t ON t.id = m.to_location_id
 WHERE m.product_id = %(product)s AND m.id < %(before)s
 ORDER BY m.id DESC
 LIMIT %(limit)s
