-- Write what was counted; the first count of a place and title answers the reports of missing copies there.
WITH given AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY location_id, product_id ORDER BY rank) AS turn
      FROM unnest(%(places)s::bigint[], %(products)s::bigint[], %(owners)s::bigint[], %(states)s::text[],
                  %(counted)s::int[], %(differences)s::int[], %(keys)s::text[])
           WITH ORDINALITY AS g (location_id, product_id, owner_id, state, counted, difference, source_key, rank)
), due AS MATERIALIZED (
    SELECT t.location_id, t.product_id, t.reports
      FROM stock_todo_count t
     WHERE (t.location_id, t.product_id) IN (SELECT location_id, product_id FROM given)
     ORDER BY t.location_id, t.product_id
       FOR UPDATE OF t
), written AS (
    INSERT INTO stock_count (act_id, location_id, product_id, owner_id, state, counted, difference, answers, source_key)
    SELECT %(act)s, g.location_id, g.product_id, g.owner_id, g.state, g.counted, g.difference,
           CASE WHEN g.turn = 1 THEN coalesce(d.reports, 0) ELSE 0 END, g.source_key
      FROM given g LEFT JOIN due d USING (location_id, product_id)
     ORDER BY g.rank
)
DELETE FROM stock_todo_count t
 USING due d
 WHERE t.location_id = d.location_id AND t.product_id = d.product_id
