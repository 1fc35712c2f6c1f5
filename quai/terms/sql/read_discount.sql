-- The discounts, from a date, for whom and what they name.
SELECT id, customer_id, network, publisher_id, imprint, collection, product_id, sale_mode, order_kind,
       operation_code, from_on, ended, base, extra, method, free_per, price_day, customer_axis, product_axis, act_id
  FROM terms_discount
