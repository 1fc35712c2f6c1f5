-- Gather the promises of these orders that no wave holds, on a ruler per pool, urgent ones first, with who gets them.
CREATE TEMPORARY TABLE warehouse_promise ON COMMIT DROP AS
WITH wanted AS MATERIALIZED (
    SELECT r.id AS reservation_id, r.demand AS line_id, r.quantity, r.pool_id, p.site_id, p.product_id, p.owner_id, p.state,
           o.id AS order_id, o.customer_id, coalesce(o.outlet_id, 0) AS outlet_id,
           CASE WHEN o.kind IN ('urgent', 'office') THEN o.kind ELSE 'restock' END AS kind
      FROM unnest(%(orders)s::bigint[]) AS g (id)
      JOIN orders_read_order o ON o.id = g.id
      JOIN orders_read_line l ON l.order_id = o.id
      JOIN orders_read_line_state f ON f.line_id = l.id AND f.reserved > 0
      JOIN stock_read_reservation r ON r.demand = l.id
      JOIN stock_read_pool p ON p.id = r.pool_id
     WHERE NOT EXISTS (SELECT FROM stock_read_resolution x WHERE x.reservation_id = r.id)
       AND NOT EXISTS (SELECT FROM warehouse_pick k WHERE k.reservation_id = r.id)
), account AS MATERIALIZED (
    SELECT c.customer_id, coalesce(own.carrier_id, usual.carrier_id, 0) AS carrier_id,
           CASE coalesce(own.sale_mode, usual.sale_mode)
                WHEN 'consignment' THEN 'consignment' ELSE 'sale' END AS nature
      FROM (SELECT DISTINCT customer_id FROM wanted) c
      LEFT JOIN LATERAL (SELECT carrier_id, sale_mode FROM terms_read_account t
                          WHERE t.customer_id = c.customer_id AND t.from_on <= %(on)s
                          ORDER BY t.from_on DESC, t.id DESC LIMIT 1) own ON true
      LEFT JOIN (SELECT carrier_id, sale_mode FROM terms_read_account t
                  WHERE t.customer_id IS NULL AND t.from_on <= %(on)s
                  ORDER BY t.from_on DESC, t.id DESC LIMIT 1) usual ON true
)
SELECT w.*, a.carrier_id, a.nature,
       sum(w.quantity) OVER (PARTITION BY w.pool_id ORDER BY w.kind <> 'urgent', w.reservation_id) AS upto
  FROM wanted w
  JOIN account a USING (customer_id)
