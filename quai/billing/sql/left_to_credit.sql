-- What is left to credit of each line of these invoices.
SELECT l.id AS line_id, l.quantity - coalesce(c.credited, 0) AS quantity
  FROM billing_invoice_line l
  JOIN billing_invoice i ON i.id = l.invoice_id AND i.type_code = '380'
  LEFT JOIN LATERAL (SELECT max(after_quantity) AS credited FROM billing_credited WHERE line_id = l.id) c ON true
 WHERE l.invoice_id = ANY (%(invoices)s::bigint[])
   AND l.quantity > coalesce(c.credited, 0)
 ORDER BY l.id
