-- What each customer account is given, from a date; no customer: the house's default.
SELECT id, customer_id, from_on, backorder_policy, rhythm, sale_mode, whole_order_only, order_minimum,
       carriage_paid_from, carriage_fee, credit_limit, carrier_id, grouped_for_days, quantity_ceiling, shipping_days,
       act_id
  FROM terms_account
