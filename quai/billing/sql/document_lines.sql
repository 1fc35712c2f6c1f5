-- Lines of documents, with their title's GTIN and the number of their delivery note.
SELECT l.invoice_id, l.id, l.position, coalesce(p.gtin, '') AS gtin, l.title, l.quantity, l.retail_price, l.unit_price, l.discount, l.base,
       l.allowance, l.net, l.vat_rate, l.vat_category, l.order_reference, l.line_reference,
       coalesce(n.number, '') AS note_number
  FROM billing_invoice_line l
  LEFT JOIN catalogue_read_product p ON p.id = l.product_id
  LEFT JOIN warehouse_read_note_line d ON d.id = l.note_line_id
  LEFT JOIN warehouse_read_note n ON n.id = d.note_id
 WHERE l.invoice_id = ANY(%(invoices)s::bigint[])
 ORDER BY l.invoice_id, l.position
