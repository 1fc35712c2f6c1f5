-- The lines of these orders, a row for each fate their copies have now, with the reason of the last move to it.
SELECT l.order_id, l.id, l.position, l.gtin, l.line_reference, l.quantity, l.free_with_id,
       f.fate, f.quantity AS copies, m.reason, m.until_on
  FROM orders_line l
  JOIN orders_line_state s ON s.line_id = l.id
 CROSS JOIN LATERAL (VALUES (1, 'reserved', s.reserved), (2, 'shipped', s.shipped), (3, 'grouped', s.grouped),
                            (4, 'held', s.held), (5, 'waiting', s.waiting), (6, 'backordered', s.backordered),
                            (7, 'refused', s.refused), (8, 'cancelled', s.cancelled), (9, 'undecided', s.undecided))
       AS f (rank, fate, quantity)
  LEFT JOIN LATERAL (SELECT reason, until_on FROM orders_line_move
                      WHERE line_id = l.id AND to_fate = f.fate ORDER BY id DESC LIMIT 1) m ON true
 WHERE l.order_id = ANY (%(orders)s::bigint[]) AND f.quantity > 0
 ORDER BY l.order_id, l.id, f.rank
