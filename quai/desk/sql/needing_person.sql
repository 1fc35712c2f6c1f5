-- Which of these orders needed a person, and whether somebody judged them since.
SELECT o.id AS order_id, j.order_id IS NOT NULL AS judged
  FROM orders_read_order o
  LEFT JOIN orders_read_judgement j ON j.order_id = o.id
 WHERE o.id = ANY(%(orders)s::bigint[]) AND o.standing = 'needs_person'
 ORDER BY o.id
