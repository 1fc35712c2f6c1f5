-- Gather the promises of these orders that no wave holds, on a ruler per pool, urgent ones first, with who gets them.
-- OFFSET 0 keeps the walk from order to line to promise, by keys: the planner, who cannot know how many there are,
-- would read every line that ever was.
CREATE TEMPORARY TABLE warehouse_promise ON COMMIT DROP AS
WITH wanted AS MATERIALIZED (
    SELECT r.id AS reservation_id, l.id AS line_id, r.quantity, r.pool_id, p.site_id, p.product_id, p.owner_id, p.state,
           o.id AS order_id, o.customer_id, coalesce(o.outlet_id, 0) AS outlet_id,
           CASE WHEN o.kind IN ('urgent', 'office') THEN o.kind ELSE 'restock' END AS kind,
           coalesce(own.carrier_id, usual.carrier_id, 0) AS carrier_id,
           CASE coalesce(own.sale_mode, usual.sale_mode)
                WHEN 'consignment' THEN 'consignment' ELSE 'sale' END AS nature
      FROM unnest(%(orders)s::bigint[]) AS g (id)
      JOIN orders_read_order o ON o.id = g.id
      LEFT JOIN LATERAL (SELECT carrier_id, sale_mode FROM terms_read_account t
                          WHERE t.customer_id = o.customer_id AND t.from_on <= %(on)s
                          ORDER BY t.from_on DESC, t.id DESC LIMIT 1) own ON true
      LEFT JOIN (SELECT carrier_id, sale_mode FROM terms_read_account t
                  WHERE t.customer_id IS NULL AND t.from_on <= %(on)s
                  ORDER BY t.from_on DESC, t.id DESC LIMIT 1) usual ON true
     CROSS JOIN LATERAL (SELECT id FROM orders_read_line WHERE order_id = o.id OFFSET 0) l
     CROSS JOIN LATERAL (SELECT FROM orders_read_line_state WHERE line_id = l.id AND reserved > 0 OFFSET 0) f
     CROSS JOIN LATERAL (SELECT v.id, v.quantity, v.pool_id
                           FROM stock_read_reservation v
                          WHERE v.demand = l.id
                            AND NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = v.id)
                            AND NOT EXISTS (SELECT FROM warehouse_pick k WHERE k.reservation_id = v.id)
                         OFFSET 0) r
      JOIN stock_read_pool p ON p.id = r.pool_id
)
SELECT w.*, sum(w.quantity) OVER (PARTITION BY w.pool_id ORDER BY w.kind <> 'urgent', w.reservation_id) AS upto
  FROM wanted w
