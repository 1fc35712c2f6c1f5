-- Lines and what each has of every fate: those of these orders, or these lines.
SELECT l.id, l.order_id, l.position, l.gtin, l.quantity, l.line_reference, l.free_with_id,
       s.undecided, s.reserved, s.waiting, s.backordered, s.held, s.grouped, s.shipped, s.refused, s.cancelled
  FROM orders_read_line l
  LEFT JOIN orders_read_line_state s ON s.line_id = l.id
 WHERE l.order_id = ANY(%(orders)s::bigint[]) OR l.id = ANY(%(lines)s::bigint[])
 ORDER BY l.order_id, l.position, l.id
