-- Estimated lines of which more copies were invoiced than left.
SELECT i.line_id, sum(i.quantity) AS invoiced, coalesce(s.shipped, 0) AS shipped
  FROM orders_invoiced i
  JOIN orders_estimate t USING (line_id)
  LEFT JOIN orders_line_state s USING (line_id)
 GROUP BY i.line_id, s.shipped
HAVING sum(i.quantity) > coalesce(s.shipped, 0)
 LIMIT 20
