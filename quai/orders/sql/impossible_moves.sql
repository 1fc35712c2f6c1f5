-- Fates that some move left with fewer than no copies, lines read from their first move on.
SELECT line_id, fate, min(copies) AS copies
  FROM (SELECT m.line_id, e.fate,
               sum(e.quantity) OVER (PARTITION BY m.line_id, e.fate ORDER BY m.id)
               + CASE WHEN e.fate = 'undecided' THEN l.quantity ELSE 0 END AS copies
          FROM orders_line_move m
          JOIN orders_line l ON l.id = m.line_id
         CROSS JOIN LATERAL (VALUES (m.from_fate, -m.quantity), (m.to_fate, m.quantity)) AS e (fate, quantity)) steps
 WHERE copies < 0
 GROUP BY line_id, fate
 LIMIT 20
