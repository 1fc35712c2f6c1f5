-- Due for a count are the bins with more reports of missing copies than counts have answered.
SELECT location_id, product_id, sum(reports)::int AS reports
  FROM (SELECT location_id, product_id, 1 AS reports FROM stock_missing_report
        UNION ALL
        SELECT location_id, product_id, -answers FROM stock_count WHERE answers > 0) said
 GROUP BY location_id, product_id
HAVING sum(reports) > 0
