-- Orders by what became of them as a whole; those a person has judged need nobody any more.
SELECT CASE WHEN j.order_id IS NULL THEN o.standing ELSE 'judged' END AS stage, count(*) AS number
  FROM orders_read_order o
  LEFT JOIN orders_read_judgement j ON j.order_id = o.id
 GROUP BY 1
 ORDER BY 1
