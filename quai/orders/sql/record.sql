-- Write moves of copies between fates, each once, and keep the state of their lines and the list of orders to prepare.
WITH given AS MATERIALIZED (
    SELECT *
      FROM unnest(%(lines)s::bigint[], %(from_fates)s::text[], %(to_fates)s::text[], %(quantities)s::int[],
                  %(reasons)s::text[], %(untils)s::date[], %(keys)s::text[])
           AS g (line_id, from_fate, to_fate, quantity, reason, until_on, source_key)
), locked AS MATERIALIZED (
    SELECT line_id FROM orders_line_state
     WHERE line_id IN (SELECT line_id FROM given)
     ORDER BY line_id
       FOR UPDATE
), written AS (
    INSERT INTO orders_line_move (act_id, line_id, from_fate, to_fate, quantity, reason, until_on, source_key)
    SELECT %(act)s, line_id, from_fate, to_fate, quantity, reason, until_on, source_key
      FROM locked JOIN given USING (line_id)
     ORDER BY line_id, source_key
    ON CONFLICT (line_id, source_key) DO NOTHING
    RETURNING line_id, from_fate, to_fate, quantity
), change AS (
    SELECT line_id,
           sum(CASE 'undecided' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS undecided,
           sum(CASE 'reserved' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS reserved,
           sum(CASE 'waiting' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS waiting,
           sum(CASE 'backordered' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS backordered,
           sum(CASE 'held' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS held,
           sum(CASE 'grouped' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS grouped,
           sum(CASE 'shipped' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS shipped,
           sum(CASE 'refused' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS refused,
           sum(CASE 'cancelled' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS cancelled
      FROM written
     GROUP BY line_id
), changed AS (
    UPDATE orders_line_state s
       SET undecided = s.undecided + c.undecided,
           reserved = s.reserved + c.reserved,
           waiting = s.waiting + c.waiting,
           backordered = s.backordered + c.backordered,
           held = s.held + c.held,
           grouped = s.grouped + c.grouped,
           shipped = s.shipped + c.shipped,
           refused = s.refused + c.refused,
           cancelled = s.cancelled + c.cancelled
      FROM change c
     WHERE s.line_id = c.line_id
    RETURNING s.order_id, c.reserved AS gained
), prepared AS (
    INSERT INTO orders_todo_prepare (order_id)
    SELECT DISTINCT order_id FROM changed WHERE gained > 0 ORDER BY order_id
    ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id  -- so that nobody takes it before we commit
), engaged AS (  -- what an account with a limit will be invoiced; shipping what was reserved changes nothing of it
    INSERT INTO orders_engaged AS e (customer_id, net)
    SELECT t.customer_id, sum(t.net * (c.reserved + c.shipped))
      FROM change c JOIN orders_estimate t USING (line_id)
     WHERE c.reserved + c.shipped <> 0
     GROUP BY t.customer_id
     ORDER BY t.customer_id
    ON CONFLICT (customer_id) DO UPDATE SET net = e.net + excluded.net
)
SELECT (SELECT count(*) FROM written) AS written, (SELECT count(*) FROM locked) AS lines
