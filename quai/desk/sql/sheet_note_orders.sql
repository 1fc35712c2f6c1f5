-- The orders that these notes serve, with the shops' own references.
SELECT DISTINCT n.note_id, o.id, o.reference, o.ordered_on
  FROM warehouse_read_note_line n
  JOIN orders_read_line l ON l.id = n.line_id
  JOIN orders_read_order o ON o.id = l.order_id
 WHERE n.note_id = ANY(%(notes)s::bigint[])
 ORDER BY n.note_id, o.id
