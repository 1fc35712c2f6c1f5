-- Gather the bins that hold copies of the gathered promises, on a ruler per pool in walking order, pick places first,
-- less what pickers of open waves are still to fetch there: added up by bin, for the planner cannot know how much that is.
CREATE TEMPORARY TABLE warehouse_shelf ON COMMIT DROP AS
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT pool_id, site_id, product_id, owner_id, state FROM warehouse_promise
), claim AS (
    SELECT r.pool_id, k.location_id, k.quantity
      FROM warehouse_wave_state w
      JOIN warehouse_shipment s ON s.wave_id = w.wave_id
      JOIN warehouse_pick k ON k.shipment_id = s.id
      JOIN stock_read_reservation r ON r.id = k.reservation_id
     WHERE w.closed < w.shipments
       AND NOT EXISTS (SELECT FROM warehouse_fetched f WHERE f.shipment_id = s.id OFFSET 0)  -- by key, not by history
       AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id OFFSET 0)
), bin AS (
    SELECT pool_id, location_id, sum(quantity) AS free
      FROM (SELECT p.pool_id, b.location_id, b.on_hand AS quantity
              FROM wanted p
              JOIN stock_read_bin b ON b.product_id = p.product_id AND b.owner_id = p.owner_id AND b.state = p.state
              JOIN stock_read_location l ON l.id = b.location_id AND l.site_id = p.site_id AND l.kind IN ('pick', 'bulk')
            UNION ALL
            SELECT pool_id, location_id, -quantity FROM claim) copies  -- alone, a claim adds up to no copy
     GROUP BY pool_id, location_id
    HAVING sum(quantity) > 0
)
SELECT b.pool_id, b.location_id, l.kind <> 'pick' AS is_bulk, l.walk_order, b.free,
       sum(b.free) OVER (PARTITION BY b.pool_id) AS total,
       sum(b.free) OVER (PARTITION BY b.pool_id ORDER BY l.kind <> 'pick', l.walk_order, b.location_id) AS upto
  FROM bin b
  JOIN stock_read_location l ON l.id = b.location_id
