-- The orders whose copies a document bills.
SELECT DISTINCT o.id, o.reference
  FROM billing_invoice_line l
  JOIN warehouse_read_note_line d ON d.id = l.note_line_id
  JOIN orders_read_line r ON r.id = d.line_id
  JOIN orders_read_order o ON o.id = r.order_id
 WHERE l.invoice_id = %(invoice)s
 ORDER BY o.id
