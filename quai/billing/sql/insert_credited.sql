-- Write which copies of each invoiced line are now credited: the keys refuse a second time.
INSERT INTO billing_credited (act_id, line_id, credit_line_id, before_quantity, after_quantity, sold_quantity)
SELECT %(act)s, l.credits_id, l.id, r.before_quantity, r.before_quantity + l.quantity, r.sold_quantity
  FROM billing_invoice_line l
  JOIN run_group g USING (invoice_id)
  JOIN run_line r ON r.credits_id = l.credits_id
