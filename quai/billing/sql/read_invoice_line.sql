-- Lines of invoices and credit notes.
SELECT id, invoice_id, position, note_line_id, credits_id, customer_id, product_id, title, quantity, retail_price,
       unit_price, discount, base, allowance, net, vat_rate, vat_category, order_reference, line_reference
  FROM billing_invoice_line
