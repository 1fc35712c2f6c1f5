-- Write which copies were invoiced, each once, and no longer count them as engaged.
WITH written AS (
    INSERT INTO orders_invoiced (act_id, line_id, quantity, source_key)
    SELECT %(act)s, line_id, quantity, source_key
      FROM unnest(%(lines)s::bigint[], %(quantities)s::int[], %(keys)s::text[]) AS g (line_id, quantity, source_key)
     ORDER BY source_key
    ON CONFLICT (source_key) DO NOTHING
    RETURNING line_id, quantity
), freed AS (
    INSERT INTO orders_engaged AS e (customer_id, net)
    SELECT t.customer_id, -sum(t.net * w.quantity)
      FROM written w JOIN orders_estimate t USING (line_id)
     GROUP BY t.customer_id
     ORDER BY t.customer_id
    ON CONFLICT (customer_id) DO UPDATE SET net = e.net + excluded.net
)
SELECT count(*) AS written FROM written
