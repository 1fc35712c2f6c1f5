-- Orders that repeat another and yet have lines, or that should name the one they repeat and do not.
SELECT o.id, count(l.id) AS lines
  FROM orders_order o LEFT JOIN orders_line l ON l.order_id = o.id
 WHERE o.standing IN ('duplicate', 'needs_person')
 GROUP BY o.id, o.repeats_id
HAVING count(l.id) > 0 OR o.repeats_id IS NULL
 LIMIT 20
