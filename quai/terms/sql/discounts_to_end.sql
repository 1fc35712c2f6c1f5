-- Those of these discounts whose key is still in force on a day, or will be.
SELECT d.id
  FROM terms_discount d
 CROSS JOIN LATERAL (
       SELECT l.ended FROM terms_discount l
        WHERE l.customer_axis = d.customer_axis AND l.product_axis = d.product_axis
          AND l.operation_code = d.operation_code AND l.sale_mode = d.sale_mode AND l.order_kind = d.order_kind
          AND l.from_on <= greatest(d.from_on, %(from_on)s)
        ORDER BY l.from_on DESC, l.id DESC LIMIT 1
       ) latest
 WHERE d.id = ANY (%(discounts)s::bigint[]) AND NOT d.ended AND NOT latest.ended
