-- Delivery notes: by number, or those that carry these lines; with their parcels and invoices.
SELECT n.id, n.number, n.nature, n.closed_on, n.customer_id, d.departed_at, r.note_id IS NOT NULL AS reopened,
       (SELECT i.number FROM billing_read_invoice_note b JOIN billing_read_invoice i ON i.id = b.invoice_id
         WHERE b.note_id = n.id) AS invoice
  FROM warehouse_read_note n
  LEFT JOIN warehouse_read_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_read_reopening r ON r.note_id = n.id
 WHERE n.number = %(number)s
    OR n.id IN (SELECT l.note_id FROM warehouse_read_note_line l WHERE l.line_id = ANY(%(lines)s::bigint[]))
 ORDER BY n.id
