-- Notes of sales that left, were not taken back and no invoice covers.
SELECT n.id AS note_id, n.customer_id, n.closed_on
  FROM warehouse_read_note n
  LEFT JOIN billing_invoice_note c ON c.note_id = n.id
 WHERE n.departed_at IS NOT NULL AND NOT n.reopened AND n.nature = 'sale' AND c.note_id IS NULL
