-- Put the promises gathered before into the shipments of their customers, and say from which bins.
-- Promises laid end to end on one ruler per pool, copies of the bins in walking order on another: where the two
-- overlap is a pick. A promise that the bins cannot hold whole is left.
WITH allotted AS MATERIALIZED (
    SELECT q.reservation_id, q.order_id, q.product_id, s.location_id, s.is_bulk, s.walk_order,
           q.site_id, q.carrier_id, q.kind, q.customer_id, q.outlet_id, q.nature,
           (least(q.upto, s.upto) - greatest(q.upto - q.quantity, s.upto - s.free))::int AS quantity
      FROM warehouse_promise q
      JOIN warehouse_shelf s ON s.pool_id = q.pool_id AND q.upto - q.quantity < s.upto AND s.upto - s.free < q.upto
     WHERE q.upto <= s.total
), delivery AS MATERIALIZED (
    SELECT site_id, carrier_id, kind, customer_id, outlet_id, nature, min(order_id) AS first_order
      FROM allotted
     GROUP BY site_id, carrier_id, kind, customer_id, outlet_id, nature
), open_wave AS (
    SELECT DISTINCT ON (site_id, coalesce(carrier_id, 0), kind)
           id, site_id, coalesce(carrier_id, 0) AS carrier_id, kind
      FROM warehouse_wave w
     WHERE w.id = ANY(%(waves)s::bigint[])
       AND NOT EXISTS (SELECT FROM warehouse_shipment s JOIN warehouse_fetched f ON f.shipment_id = s.id
                        WHERE s.wave_id = w.id)
     ORDER BY site_id, coalesce(carrier_id, 0), kind, id
), walked AS (
    SELECT s.wave_id, max(k.rank) AS last_rank
      FROM warehouse_shipment s JOIN warehouse_pick k ON k.shipment_id = s.id
     WHERE s.wave_id IN (SELECT id FROM open_wave)
     GROUP BY s.wave_id
), wave AS MATERIALIZED (
    SELECT coalesce(o.id, nextval(pg_get_serial_sequence('warehouse_wave', 'id'))) AS id, o.id IS NULL AS is_new,
           d.site_id, d.carrier_id, d.kind, coalesce(k.last_rank, 0) AS last_rank
      FROM (SELECT DISTINCT site_id, carrier_id, kind FROM delivery) d
      LEFT JOIN open_wave o USING (site_id, carrier_id, kind)
      LEFT JOIN walked k ON k.wave_id = o.id
), known AS (
    SELECT DISTINCT ON (wave_id, customer_id, coalesce(outlet_id, 0), nature)
           id, wave_id, customer_id, coalesce(outlet_id, 0) AS outlet_id, nature
      FROM warehouse_shipment
     WHERE wave_id IN (SELECT id FROM open_wave)
     ORDER BY wave_id, customer_id, coalesce(outlet_id, 0), nature, id
), shipment AS MATERIALIZED (  -- the oldest order's shipment first: so are notes numbered
    SELECT coalesce(known_id, nextval(pg_get_serial_sequence('warehouse_shipment', 'id'))) AS id,
           known_id IS NULL AS is_new, wave_id, last_rank, site_id, carrier_id, kind, customer_id, outlet_id, nature
      FROM (SELECT n.id AS known_id, w.id AS wave_id, w.last_rank, d.*
              FROM delivery d
              JOIN wave w USING (site_id, carrier_id, kind)
              LEFT JOIN known n ON n.wave_id = w.id AND n.customer_id = d.customer_id
                               AND n.outlet_id = d.outlet_id AND n.nature = d.nature
             ORDER BY d.first_order) d
), new_wave AS (
    INSERT INTO warehouse_wave (id, act_id, site_id, carrier_id, kind, cut_off_at)
    SELECT id, %(act)s, site_id, nullif(carrier_id, 0), kind, %(cut_off)s FROM wave WHERE is_new
), new_shipment AS (
    INSERT INTO warehouse_shipment (id, act_id, wave_id, customer_id, outlet_id, nature)
    SELECT id, %(act)s, wave_id, customer_id, nullif(outlet_id, 0), nature FROM shipment WHERE is_new ORDER BY id
), counted AS (
    INSERT INTO warehouse_wave_state AS s (wave_id, shipments, closed)
    SELECT wave_id, count(*) FILTER (WHERE is_new), 0 FROM shipment GROUP BY wave_id ORDER BY wave_id
    ON CONFLICT (wave_id) DO UPDATE SET shipments = s.shipments + excluded.shipments
), walk AS MATERIALIZED (
    SELECT s.wave_id, s.id AS shipment_id, a.reservation_id, a.location_id, a.quantity,
           s.last_rank + row_number() OVER (PARTITION BY s.wave_id ORDER BY a.is_bulk, a.walk_order, a.location_id,
                                                                           a.product_id, s.id, a.reservation_id) AS rank
      FROM allotted a
      JOIN shipment s USING (site_id, carrier_id, kind, customer_id, outlet_id, nature)
), new_pick AS (
    INSERT INTO warehouse_pick (act_id, shipment_id, reservation_id, location_id, quantity, rank)
    SELECT %(act)s, shipment_id, reservation_id, location_id, quantity, rank FROM walk ORDER BY shipment_id, rank
), made AS (
    SELECT w.id AS wave_id, w.site_id, nullif(w.carrier_id, 0) AS carrier_id, w.kind,
           count(DISTINCT k.shipment_id) AS shipments, count(*) AS picks, sum(k.quantity)::bigint AS copies
      FROM wave w JOIN walk k ON k.wave_id = w.id
     GROUP BY w.id, w.site_id, w.carrier_id, w.kind
)
SELECT made.*
  FROM made
 ORDER BY wave_id
