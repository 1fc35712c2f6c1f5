-- Head of a writing of the ledger: moves and reservations to release, as given. Goes before ledger.sql.
WITH moves AS MATERIALIZED (
    SELECT *
      FROM unnest(%(products)s::bigint[], %(owners)s::bigint[], %(states)s::text[], %(origins)s::bigint[],
                  %(places)s::bigint[], %(quantities)s::int[], %(reasons)s::text[], %(keys)s::text[])
           AS m (product_id, owner_id, state, from_location_id, to_location_id, quantity, reason, source_key)
), resolved AS (
    INSERT INTO stock_resolution (act_id, reservation_id, taken, released, reason)
    SELECT %(act)s, r.id, 0, r.quantity, %(why)s
      FROM unnest(%(releases)s::bigint[]) AS g (id)
      JOIN stock_reservation r ON r.id = g.id
    ON CONFLICT (reservation_id) DO NOTHING
    RETURNING reservation_id
), ended AS MATERIALIZED (
    SELECT r.pool_id, r.quantity FROM resolved e JOIN stock_reservation r ON r.id = e.reservation_id
)
