-- Copies of invoice lines already credited, as intervals.
SELECT line_id, credit_line_id, before_quantity, after_quantity FROM billing_credited
