-- When invoices fall due, from a date; no customer: the house's default.
SELECT id, customer_id, operation_code, from_on, ended, days, month_end, fixed_day, shift_days, act_id
  FROM terms_payment
