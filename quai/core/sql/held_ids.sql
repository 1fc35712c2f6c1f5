-- The ids that a table holds, as ranges: ids are given one after the other, so that few ranges say them all.
SELECT coalesce(range_agg(int8range(first, last, '[]')), '{{}}'::int8multirange)::text AS ids
  FROM (SELECT min(id) AS first, max(id) AS last
          FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS run FROM {table}) numbered
         GROUP BY run) runs
