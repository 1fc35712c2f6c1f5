-- The discounts already entered for the same axes, operation and start as these; of one key, the last recorded.
SELECT DISTINCT ON (d.customer_axis, d.product_axis, d.operation_code, d.from_on, d.sale_mode, d.order_kind)
       d.id, d.customer_axis, d.product_axis, d.operation_code, d.from_on, d.sale_mode, d.order_kind, d.ended,
       d.base, d.extra, d.method, d.free_per, d.price_day
  FROM terms_discount d
  JOIN (SELECT DISTINCT * FROM unnest(%(customer_axes)s::text[], %(product_axes)s::text[], %(operations)s::text[],
                                      %(days)s::date[])
               AS n (customer_axis, product_axis, operation_code, from_on)) n
 USING (customer_axis, product_axis, operation_code, from_on)
 ORDER BY d.customer_axis, d.product_axis, d.operation_code, d.from_on, d.sale_mode, d.order_kind, d.id DESC
