-- The lines of the notes to be: copies taken for these shipments, fetched and not yet on a note, with the price row
-- in force on the closing day and all that decides their discount.
WITH due AS MATERIALIZED (
    SELECT s.id AS shipment_id, s.customer_id, s.outlet_id, s.nature, w.site_id
      FROM unnest(%(shipments)s::bigint[]) AS g (id)
      JOIN warehouse_shipment s ON s.id = g.id
      JOIN warehouse_wave w ON w.id = s.wave_id
      JOIN warehouse_fetched f ON f.shipment_id = s.id AND f.copies > 0
     WHERE NOT EXISTS (SELECT FROM warehouse_note n WHERE n.shipment_id = s.id)
), copies AS MATERIALIZED (
    SELECT shipment_id, customer_id, outlet_id, nature, site_id, line_id, product_id, owner_id,
           sum(taken)::int AS quantity
      FROM (SELECT DISTINCT d.*, k.reservation_id, r.demand AS line_id, p.product_id, p.owner_id, x.taken
              FROM due d
              JOIN warehouse_pick k ON k.shipment_id = d.shipment_id
              JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id AND x.taken > 0
              JOIN stock_read_reservation r ON r.id = k.reservation_id
              JOIN stock_read_pool p ON p.id = r.pool_id) promise  -- picked in several places, taken once
     GROUP BY shipment_id, customer_id, outlet_id, nature, site_id, line_id, product_id, owner_id
), staging AS (  -- where `stock.take` puts what was picked
    SELECT DISTINCT ON (site_id) site_id, id
      FROM stock_read_location
     WHERE kind = 'staging'
     ORDER BY site_id, walk_order, id
)
SELECT c.shipment_id, c.customer_id, c.outlet_id, c.nature, g.id AS staging_id, c.line_id, c.product_id, c.owner_id,
       c.quantity, l.free_with_id IS NOT NULL AS free, o.kind, o.operation_code, o.received_on,
       price.id AS price_id, about.weight_g, about.returns_code = '2' AS firm
  FROM copies c
  JOIN orders_read_line l ON l.id = c.line_id
  JOIN orders_read_order o ON o.id = l.order_id
  JOIN staging g ON g.site_id = c.site_id
  -- By line, not by distinct title: two sets whose size the planner cannot know must not meet in a nested loop.
  LEFT JOIN LATERAL (SELECT p.id FROM catalogue_read_price p
                      WHERE p.product_id = c.product_id AND p.from_on <= %(on)s
                      ORDER BY p.from_on DESC, p.id DESC LIMIT 1) price ON true
  LEFT JOIN LATERAL (SELECT d.weight_g, d.returns_code FROM catalogue_read_description d
                      WHERE d.product_id = c.product_id AND d.from_on <= %(on)s
                      ORDER BY d.from_on DESC, d.id DESC LIMIT 1) about ON true
 ORDER BY c.shipment_id, o.id, l.position, l.id, c.owner_id
