-- What is left to credit of each invoice line named, and on which document it stands.
SELECT q.line_id, s.number, i.type_code, l.quantity AS sold,
       coalesce((SELECT max(c.after_quantity) FROM billing_credited c WHERE c.line_id = q.line_id), 0) AS credited
  FROM unnest(%(lines)s::bigint[]) AS q (line_id)
  JOIN billing_invoice_line l ON l.id = q.line_id
  JOIN billing_invoice i ON i.id = l.invoice_id
  JOIN billing_issue s ON s.invoice_id = i.id
