-- Lines and what each has of every fate, with their order: those of these orders, or these lines.
SELECT l.id, l.order_id, l.position, l.gtin, l.quantity, l.line_reference, l.free_with_id, l.product_id,
       o.reference AS order_reference, o.customer_id, o.received_on,
       s.undecided, s.reserved, s.waiting, s.backordered, s.held, s.grouped, s.shipped, s.refused, s.cancelled
  FROM orders_read_line l
  JOIN orders_read_order o ON o.id = l.order_id
  LEFT JOIN orders_read_line_state s ON s.line_id = l.id
 WHERE l.order_id = ANY(%(orders)s::bigint[]) OR l.id = ANY(%(lines)s::bigint[])
 ORDER BY l.order_id, l.position, l.id
