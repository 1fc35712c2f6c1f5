-- Promise copies to demands in their order of priority, never more than is free in the pools of their title.
-- Demands laid end to end on one ruler per title, free copies on another: where the two overlap is a promise.
WITH demand AS MATERIALIZED (
    SELECT *
      FROM unnest(%(keys)s::bigint[], %(products)s::bigint[], %(quantities)s::int[])
           WITH ORDINALITY AS d (key, product_id, quantity, rank)
), locked AS MATERIALIZED (
    SELECT b.pool_id, p.product_id, p.owner_id, b.on_hand, b.reserved, b.on_hand - b.reserved AS free
      FROM stock_pool_balance b
      JOIN stock_pool p ON p.id = b.pool_id
     WHERE p.state = 'sellable'
       AND b.reserved < b.on_hand
       AND p.product_id IN (SELECT product_id FROM demand)
     ORDER BY b.pool_id
       FOR UPDATE OF b
), supply AS (
    SELECT pool_id, product_id, free, sum(free) OVER (PARTITION BY product_id ORDER BY pool_id) AS upto FROM locked
), wanted AS (
    SELECT key, product_id, quantity, rank, sum(quantity) OVER (PARTITION BY product_id ORDER BY rank) AS upto FROM demand
), promised AS (
    INSERT INTO stock_reservation (act_id, pool_id, demand, quantity)
    SELECT %(act)s, s.pool_id, w.key, least(w.upto, s.upto) - greatest(w.upto - w.quantity, s.upto - s.free)
      FROM wanted w
      JOIN supply s ON s.product_id = w.product_id
                   AND w.upto - w.quantity < s.upto AND s.upto - s.free < w.upto AND w.quantity > 0
     ORDER BY w.rank, s.pool_id
    RETURNING id, pool_id, demand, quantity
), counted AS (
    UPDATE stock_pool_balance b SET on_hand = l.on_hand, reserved = l.reserved + t.quantity  -- see ledger.sql
      FROM (SELECT pool_id, sum(quantity)::int AS quantity FROM promised GROUP BY pool_id) t
      JOIN locked l USING (pool_id)
     WHERE b.pool_id = l.pool_id
)
SELECT r.id, r.demand, l.product_id, l.owner_id, r.quantity
  FROM promised r JOIN locked l USING (pool_id)
 ORDER BY r.id
