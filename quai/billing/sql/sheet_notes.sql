-- The delivery notes a document covers.
SELECT n.id, n.number
  FROM billing_invoice_note c
  JOIN warehouse_read_note n ON n.id = c.note_id
 WHERE c.invoice_id = %(invoice)s
 ORDER BY n.id
