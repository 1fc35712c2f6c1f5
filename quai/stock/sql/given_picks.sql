-- Head of a writing of the ledger: picks end their reservations and move what was found. Goes before ledger.sql.
WITH pick AS MATERIALIZED (
    SELECT *
      FROM unnest(%(reservations)s::bigint[], %(origins)s::bigint[], %(quantities)s::int[], %(keys)s::text[])
           AS p (reservation_id, from_location_id, quantity, source_key)
), promise AS MATERIALIZED (
    SELECT r.id, r.pool_id, r.quantity, t.taken
      FROM (SELECT reservation_id, sum(quantity)::int AS taken FROM pick GROUP BY reservation_id) t
      JOIN stock_reservation r ON r.id = t.reservation_id
     WHERE t.taken <= r.quantity
), resolved AS (
    INSERT INTO stock_resolution (act_id, reservation_id, taken, released, reason)
    SELECT %(act)s, id, taken, quantity - taken, CASE WHEN taken < quantity THEN 'shortage' ELSE '' END
      FROM promise
    ON CONFLICT (reservation_id) DO NOTHING
    RETURNING reservation_id
), ended AS MATERIALIZED (
    SELECT p.id, p.pool_id, p.quantity FROM resolved e JOIN promise p ON p.id = e.reservation_id
), staging AS (
    SELECT DISTINCT ON (s.id) s.id AS site_id, l.id AS location_id
      FROM stock_site s
      JOIN stock_location l ON l.code = %(to)s OR (l.site_id = s.id AND l.kind = %(to)s)
     ORDER BY s.id, l.code = %(to)s DESC, l.walk_order, l.id
), moves AS (
    SELECT o.product_id, o.owner_id, o.state, k.from_location_id, s.location_id AS to_location_id, k.quantity,
           'pick' AS reason, k.source_key
      FROM pick k
      JOIN ended e ON e.id = k.reservation_id
      JOIN stock_pool o ON o.id = e.pool_id
      LEFT JOIN staging s ON s.site_id = o.site_id
     WHERE k.quantity > 0
)
