-- The discounts that these name by all but what they give: the one in force on the day, and those that begin later.
SELECT q.rank, d.id
  FROM unnest(%(customer_axes)s::text[], %(product_axes)s::text[], %(operations)s::text[], %(modes)s::text[],
              %(kinds)s::text[], %(days)s::date[])
       WITH ORDINALITY AS q (customer_axis, product_axis, operation_code, sale_mode, order_kind, on_day, rank)
  JOIN terms_discount d USING (customer_axis, product_axis, operation_code, sale_mode, order_kind)
 WHERE d.from_on > q.on_day
    OR d.id = (SELECT l.id FROM terms_discount l
                WHERE l.customer_axis = d.customer_axis AND l.product_axis = d.product_axis
                  AND l.operation_code = d.operation_code AND l.sale_mode = d.sale_mode
                  AND l.order_kind = d.order_kind AND l.from_on <= q.on_day
                ORDER BY l.from_on DESC, l.id DESC LIMIT 1)
 ORDER BY q.rank, d.id
