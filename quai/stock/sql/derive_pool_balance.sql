-- A pool holds the copies in the bulk and pick places of its site; promised are those of reservations without an end.
WITH standing AS (
    SELECT l.site_id, e.product_id, e.owner_id, e.state, sum(e.quantity) AS on_hand
      FROM (SELECT product_id, owner_id, state, to_location_id AS location_id, quantity FROM stock_movement
            UNION ALL
            SELECT product_id, owner_id, state, from_location_id, -quantity FROM stock_movement) e
      JOIN stock_location l ON l.id = e.location_id AND l.kind IN ('bulk', 'pick')
     GROUP BY l.site_id, e.product_id, e.owner_id, e.state
), promised AS (
    SELECT r.pool_id, sum(r.quantity) AS reserved
      FROM stock_reservation r
      LEFT JOIN stock_resolution o ON o.reservation_id = r.id
     WHERE o.reservation_id IS NULL
     GROUP BY r.pool_id
)
SELECT p.id AS pool_id, coalesce(s.on_hand, 0)::int AS on_hand, coalesce(r.reserved, 0)::int AS reserved
  FROM stock_pool p
  LEFT JOIN standing s USING (site_id, product_id, owner_id, state)
  LEFT JOIN promised r ON r.pool_id = p.id
