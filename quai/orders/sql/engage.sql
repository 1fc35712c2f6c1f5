-- Count what lines just opened will have their accounts invoiced.
INSERT INTO orders_engaged AS e (customer_id, net)
SELECT t.customer_id, sum(t.net * s.reserved)
  FROM orders_estimate t JOIN orders_line_state s USING (line_id)
 WHERE t.line_id = ANY (%(lines)s::bigint[])
 GROUP BY t.customer_id
 ORDER BY t.customer_id
ON CONFLICT (customer_id) DO UPDATE SET net = e.net + excluded.net
