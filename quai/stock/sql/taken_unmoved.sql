-- Titles of which the copies taken from promises are not the copies that pickers moved.
WITH taken AS (
    SELECT p.product_id, p.owner_id, p.state, sum(o.taken) AS copies
      FROM stock_resolution o
      JOIN stock_reservation r ON r.id = o.reservation_id
      JOIN stock_pool p ON p.id = r.pool_id
     GROUP BY p.product_id, p.owner_id, p.state
), picked AS (
    SELECT product_id, owner_id, state, sum(quantity) AS copies
      FROM stock_movement
     WHERE reason = 'pick'
     GROUP BY product_id, owner_id, state
)
SELECT product_id, owner_id, coalesce(t.copies, 0)::bigint AS taken, coalesce(m.copies, 0)::bigint AS moved
  FROM taken t FULL JOIN picked m USING (product_id, owner_id, state)
 WHERE coalesce(t.copies, 0) <> coalesce(m.copies, 0)
 LIMIT 20
