-- Tail of a writing of the ledger: write `moves` once each, lower promises by `ended`, keep bins and pools in step.
-- Bins are locked before pools, each in key order. Where a bin would go below zero, or a pool below what it
-- promised, nothing is updated and the rows say so: the caller raises, which undoes what was written.
-- New balances are computed from the locked rows, never from `b`: PostgreSQL tests the CHECKs on the row as the
-- statement's snapshot saw it before it notices that the row has changed since, and would refuse what is allowed.
, written AS (
    INSERT INTO stock_movement (act_id, product_id, owner_id, state, from_location_id, to_location_id, quantity,
                                reason, source_key, at)
    SELECT %(act)s, product_id, owner_id, state, from_location_id, to_location_id, quantity, reason, source_key, %(at)s
      FROM moves
    ON CONFLICT (source_key) DO NOTHING
    RETURNING product_id, owner_id, state, from_location_id, to_location_id, quantity
), bin_delta AS MATERIALIZED (
    SELECT e.product_id, e.location_id, e.owner_id, e.state, l.site_id, l.kind, sum(e.quantity)::int AS quantity
      FROM (SELECT product_id, to_location_id AS location_id, owner_id, state, quantity FROM written
            UNION ALL
            SELECT product_id, from_location_id, owner_id, state, -quantity FROM written) e
      JOIN stock_location l ON l.id = e.location_id AND l.kind IN ('bulk', 'pick', 'staging', 'returns')
     GROUP BY e.product_id, e.location_id, e.owner_id, e.state, l.site_id, l.kind
), bin_now AS MATERIALIZED (
    SELECT d.product_id, d.location_id, d.owner_id, d.state, d.quantity, b.on_hand
      FROM bin_delta d
      JOIN stock_bin_balance b USING (product_id, location_id, owner_id, state)
     ORDER BY b.product_id, b.location_id, b.owner_id, b.state
       FOR UPDATE OF b
), bin_new AS MATERIALIZED (
    SELECT d.product_id, d.location_id, d.owner_id, d.state, d.quantity
      FROM bin_delta d
      LEFT JOIN stock_bin_balance b USING (product_id, location_id, owner_id, state)
     WHERE b.product_id IS NULL
), pool_delta AS MATERIALIZED (
    SELECT pool_id, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved
      FROM (SELECT p.id AS pool_id, s.quantity AS on_hand, 0 AS reserved
              FROM (SELECT site_id, product_id, owner_id, state, sum(quantity) AS quantity
                      FROM bin_delta
                     WHERE kind IN ('bulk', 'pick')
                     GROUP BY site_id, product_id, owner_id, state
                    HAVING sum(quantity) <> 0) s
              JOIN stock_pool p USING (product_id, site_id, owner_id, state)
            UNION ALL
            SELECT pool_id, 0, -quantity FROM ended) change
     GROUP BY pool_id
), pool_now AS MATERIALIZED (
    SELECT d.pool_id, d.on_hand AS change, d.reserved AS promised, b.on_hand, b.reserved
      FROM pool_delta d
      JOIN stock_pool_balance b USING (pool_id)
     WHERE (SELECT count(*) FROM bin_now) >= 0  -- bins first
     ORDER BY b.pool_id
       FOR UPDATE OF b
), short AS MATERIALIZED (
    SELECT location_id, product_id, on_hand, -quantity AS asked FROM bin_now WHERE on_hand + quantity < 0
    UNION ALL
    SELECT location_id, product_id, 0, -quantity FROM bin_new WHERE quantity < 0
), overdrawn AS MATERIALIZED (
    SELECT pool_id, on_hand - reserved AS available, -change AS asked
      FROM pool_now WHERE on_hand + change < reserved + promised
), sound AS MATERIALIZED (
    SELECT NOT EXISTS (SELECT FROM short) AND NOT EXISTS (SELECT FROM overdrawn) AS it_is
), bins_updated AS (
    UPDATE stock_bin_balance b SET on_hand = n.on_hand + n.quantity
      FROM bin_now n, sound
     WHERE sound.it_is
       AND b.product_id = n.product_id AND b.location_id = n.location_id
       AND b.owner_id = n.owner_id AND b.state = n.state
), bins_opened AS (
    INSERT INTO stock_bin_balance AS b (product_id, location_id, owner_id, state, on_hand)
    SELECT n.product_id, n.location_id, n.owner_id, n.state, n.quantity
      FROM bin_new n, sound
     WHERE sound.it_is
     ORDER BY n.product_id, n.location_id, n.owner_id, n.state
    ON CONFLICT (product_id, location_id, owner_id, state) DO UPDATE SET on_hand = b.on_hand + excluded.on_hand
), pools_updated AS (
    UPDATE stock_pool_balance b SET on_hand = n.on_hand + n.change, reserved = n.reserved + n.promised
      FROM pool_now n, sound
     WHERE sound.it_is AND b.pool_id = n.pool_id
)
SELECT 'moved' AS what, 0::bigint AS subject_id, 0::bigint AS product_id, 0 AS found, count(*)::int AS asked FROM written
UNION ALL
SELECT 'ended', 0, 0, 0, count(*)::int FROM ended
UNION ALL
SELECT 'short', location_id, product_id, on_hand, asked FROM short
UNION ALL
SELECT 'overdrawn', o.pool_id, p.product_id, o.available, o.asked
  FROM overdrawn o JOIN stock_pool p ON p.id = o.pool_id
