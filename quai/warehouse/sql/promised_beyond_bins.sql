-- Titles of which fewer copies stand in the bins than are promised: some promises will find none.
WITH promised AS (
    SELECT r.pool_id, sum(r.quantity) AS quantity
      FROM stock_read_reservation r
      LEFT JOIN stock_read_resolution x ON x.reservation_id = r.id
     WHERE x.reservation_id IS NULL
     GROUP BY r.pool_id
)
SELECT p.id AS pool_id, q.quantity AS promised, coalesce(sum(b.on_hand) FILTER (WHERE l.id IS NOT NULL), 0) AS on_hand
  FROM promised q
  JOIN stock_read_pool p ON p.id = q.pool_id
  LEFT JOIN stock_read_bin b ON b.product_id = p.product_id AND b.owner_id = p.owner_id AND b.state = p.state
  LEFT JOIN stock_read_location l ON l.id = b.location_id AND l.site_id = p.site_id AND l.kind IN ('pick', 'bulk')
 GROUP BY p.id, q.quantity
HAVING coalesce(sum(b.on_hand) FILTER (WHERE l.id IS NOT NULL), 0) < q.quantity
 LIMIT 20
