-- Lines of these notes with the shop's own references.
SELECT l.note_id, l.id, l.line_id, l.product_id, l.quantity, l.price_id, l.discount,
       o.reference AS order_reference, g.line_reference, g.free_with_id IS NOT NULL AS free
  FROM warehouse_note_line l
  JOIN orders_read_line g ON g.id = l.line_id
  JOIN orders_read_order o ON o.id = g.order_id
 WHERE l.note_id = ANY(%(notes)s::bigint[])
 ORDER BY l.note_id, l.id
