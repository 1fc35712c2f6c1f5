-- Copies of the same orders that are not gone yet, by fate.
SELECT o.note_id, l.product_id, l.gtin, h.reference AS order_reference, f.quantity, f.fate
  FROM (SELECT DISTINCT n.note_id, g.order_id
          FROM warehouse_note_line n
          JOIN orders_read_line g ON g.id = n.line_id
         WHERE n.note_id = ANY(%(notes)s::bigint[])) o
  JOIN orders_read_order h ON h.id = o.order_id
  JOIN orders_read_line l ON l.order_id = o.order_id
  JOIN orders_read_line_state s ON s.line_id = l.id
 CROSS JOIN LATERAL (VALUES ('undecided', s.undecided), ('reserved', s.reserved), ('waiting', s.waiting),
                            ('backordered', s.backordered), ('held', s.held), ('grouped', s.grouped))
                    AS f (fate, quantity)
 WHERE f.quantity > 0
 ORDER BY o.note_id, o.order_id, l.position, f.fate
