-- The gathered promises that the bins cannot hold whole.
SELECT q.reservation_id, q.line_id, q.quantity
  FROM warehouse_promise q
  LEFT JOIN (SELECT DISTINCT pool_id, total FROM warehouse_shelf) s USING (pool_id)
 WHERE q.upto > coalesce(s.total, 0)
 ORDER BY q.reservation_id
