-- A customer's copies that did not leave yet, with the reason of their fate, oldest order first.
SELECT s.line_id, o.id AS order_id, o.reference, o.received_on, l.gtin, l.line_reference, f.fate, f.quantity,
       m.reason, m.until_on
  FROM orders_order o
  JOIN orders_line l ON l.order_id = o.id
  JOIN orders_line_state s ON s.line_id = l.id
 CROSS JOIN LATERAL (VALUES ('reserved', s.reserved), ('grouped', s.grouped), ('held', s.held), ('waiting', s.waiting),
                            ('backordered', s.backordered)) AS f (fate, quantity)
 CROSS JOIN LATERAL (SELECT reason, until_on FROM orders_line_move
                      WHERE line_id = l.id AND to_fate = f.fate ORDER BY id DESC LIMIT 1) m
 WHERE o.customer_id = %(customer)s AND f.quantity > 0
 ORDER BY o.id, l.id, f.fate
