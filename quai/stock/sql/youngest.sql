-- The youngest pending promises of these pools, until the copies asked for are covered; those in hand go last.
SELECT id, demand, product_id, owner_id, quantity
  FROM (SELECT r.id, r.demand, p.product_id, p.owner_id, r.quantity, g.copies,
               sum(r.quantity) OVER (PARTITION BY r.pool_id ORDER BY h.id IS NOT NULL, r.id DESC) - r.quantity AS before
          FROM unnest(%(pools)s::bigint[], %(copies)s::int[]) AS g (pool_id, copies)
          JOIN stock_pool p ON p.id = g.pool_id
          JOIN stock_reservation r ON r.pool_id = g.pool_id
          LEFT JOIN stock_resolution o ON o.reservation_id = r.id
          LEFT JOIN (SELECT DISTINCT id FROM unnest(%(in_hand)s::bigint[]) AS u (id)) h ON h.id = r.id
         WHERE o.reservation_id IS NULL) pending
 WHERE before < copies
 ORDER BY id
