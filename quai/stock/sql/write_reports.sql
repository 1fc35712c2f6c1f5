-- Write reports of missing copies and put their bins on the list of those due for a count.
WITH given AS MATERIALIZED (
    SELECT *
      FROM unnest(%(places)s::bigint[], %(products)s::bigint[], %(owners)s::bigint[], %(states)s::text[],
                  %(missing)s::int[], %(keys)s::text[])
           AS g (location_id, product_id, owner_id, state, missing, source_key)
), written AS (
    INSERT INTO stock_missing_report (act_id, location_id, product_id, owner_id, state, missing, source_key)
    SELECT %(act)s, location_id, product_id, owner_id, state, missing, source_key FROM given
)
INSERT INTO stock_todo_count AS t (location_id, product_id, reports)
SELECT location_id, product_id, count(*)
  FROM given
 GROUP BY location_id, product_id
 ORDER BY location_id, product_id
ON CONFLICT (location_id, product_id) DO UPDATE SET reports = t.reports + excluded.reports
