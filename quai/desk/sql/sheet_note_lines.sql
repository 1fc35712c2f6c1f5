-- The lines of these notes, with the order each serves.
SELECT l.note_id, p.gtin, l.quantity, l.discount, o.reference AS order_reference, ol.line_reference
  FROM warehouse_read_note_line l
  JOIN catalogue_read_product p ON p.id = l.product_id
  JOIN orders_read_line ol ON ol.id = l.line_id
  JOIN orders_read_order o ON o.id = ol.order_id
 WHERE l.note_id = ANY(%(notes)s::bigint[])
 ORDER BY l.note_id, l.id
