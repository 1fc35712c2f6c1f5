-- Credited intervals that do not follow each other from 0, exceed what was sold, or are not those of their credit line.
WITH ordered AS (
    SELECT c.line_id, c.credit_line_id, c.before_quantity, c.after_quantity, c.sold_quantity,
           coalesce(lag(c.after_quantity) OVER (PARTITION BY c.line_id ORDER BY c.after_quantity), 0) AS follows
      FROM billing_credited c
)
SELECT o.line_id, concat_ws(' ', o.follows, l.quantity, o.line_id, o.after_quantity - o.before_quantity) AS expected,
       concat_ws(' ', o.before_quantity, o.sold_quantity, b.credits_id, b.quantity) AS found
  FROM ordered o
  JOIN billing_invoice_line l ON l.id = o.line_id
  JOIN billing_invoice_line b ON b.id = o.credit_line_id
 WHERE o.before_quantity <> o.follows OR o.sold_quantity <> l.quantity OR b.credits_id IS DISTINCT FROM o.line_id
       OR b.quantity <> o.after_quantity - o.before_quantity
UNION ALL
SELECT b.credits_id, 'an interval', 'none'
  FROM billing_invoice_line b
  LEFT JOIN billing_credited c ON c.credit_line_id = b.id
 WHERE b.credits_id IS NOT NULL AND c.id IS NULL
