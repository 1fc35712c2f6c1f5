-- Write the lines of this run's documents, numbered from 1 in the order of their notes.
INSERT INTO billing_invoice_line (act_id, invoice_id, position, note_line_id, credits_id, customer_id, product_id,
                                  title, quantity, retail_price, unit_price, discount, base, allowance, net,
                                  vat_rate, vat_category, order_reference, line_reference)
SELECT %(act)s, g.invoice_id, row_number() OVER (PARTITION BY g.invoice_id ORDER BY l.group_of, l.place, l.part),
       l.note_line_id, l.credits_id, d.customer_id, l.product_id, l.title, l.quantity, l.retail_price, l.unit_price,
       l.discount, l.base, l.allowance, l.base - l.allowance, l.vat_rate, l.vat_category, l.order_reference,
       l.line_reference
  FROM run_line l
  JOIN run_group g USING (group_of)
  JOIN run_document d USING (invoice_id)
