-- Gather the bins that hold copies of the gathered promises, on a ruler per pool in walking order, pick places first,
-- less what pickers of open waves are still to fetch there.
CREATE TEMPORARY TABLE warehouse_shelf ON COMMIT DROP AS
WITH claimed AS MATERIALIZED (
    SELECT k.location_id, p.product_id, p.owner_id, p.state, sum(k.quantity) AS quantity
      FROM warehouse_wave_state w
      JOIN warehouse_shipment s ON s.wave_id = w.wave_id
      JOIN warehouse_pick k ON k.shipment_id = s.id
      JOIN stock_read_reservation r ON r.id = k.reservation_id
      JOIN stock_read_pool p ON p.id = r.pool_id
     WHERE w.closed < w.shipments
       AND NOT EXISTS (SELECT FROM warehouse_fetched f WHERE f.shipment_id = s.id)
       AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id)
     GROUP BY k.location_id, p.product_id, p.owner_id, p.state
), bin AS (
    SELECT p.pool_id, b.location_id, l.kind <> 'pick' AS is_bulk, l.walk_order,
           b.on_hand - coalesce(c.quantity, 0) AS free
      FROM (SELECT DISTINCT pool_id, site_id, product_id, owner_id, state FROM warehouse_promise) p
      JOIN stock_read_bin b ON b.product_id = p.product_id AND b.owner_id = p.owner_id AND b.state = p.state
      JOIN stock_read_location l ON l.id = b.location_id AND l.site_id = p.site_id AND l.kind IN ('pick', 'bulk')
      LEFT JOIN claimed c ON c.location_id = b.location_id AND c.product_id = b.product_id
                         AND c.owner_id = b.owner_id AND c.state = b.state
)
SELECT pool_id, location_id, is_bulk, walk_order, free, sum(free) OVER (PARTITION BY pool_id) AS total,
       sum(free) OVER (PARTITION BY pool_id ORDER BY is_bulk, walk_order, location_id) AS upto
  FROM bin
 WHERE free > 0
