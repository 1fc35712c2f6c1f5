-- What accounts with a limit will be invoiced: estimated copies reserved, or shipped, less those invoiced.
SELECT t.customer_id,
       sum(t.net * (coalesce(m.copies, 0) - coalesce(i.copies, 0))) AS net
  FROM orders_estimate t
  LEFT JOIN (
       SELECT line_id, sum(CASE WHEN to_fate IN ('reserved', 'shipped') THEN quantity ELSE 0 END
                           - CASE WHEN from_fate IN ('reserved', 'shipped') THEN quantity ELSE 0 END) AS copies
         FROM orders_line_move GROUP BY line_id) m USING (line_id)
  LEFT JOIN (SELECT line_id, sum(quantity) AS copies FROM orders_invoiced GROUP BY line_id) i USING (line_id)
 GROUP BY t.customer_id
