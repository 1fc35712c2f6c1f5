-- The orders whose copies a document bills, walked to by keys (see sheet_credits.sql).
WITH billed AS MATERIALIZED (
    SELECT DISTINCT r.order_id
      FROM billing_invoice_line l
     CROSS JOIN LATERAL (SELECT line_id FROM warehouse_read_note_line WHERE id = l.note_line_id OFFSET 0) d
     CROSS JOIN LATERAL (SELECT order_id FROM orders_read_line WHERE id = d.line_id OFFSET 0) r
     WHERE l.invoice_id = %(invoice)s
)
SELECT o.id, o.reference
  FROM billed b
 CROSS JOIN LATERAL (SELECT id, reference FROM orders_read_order WHERE id = b.order_id OFFSET 0) o
 ORDER BY o.id
