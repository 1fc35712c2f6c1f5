-- Discounts of the same axes, operation and start of which neither is more specific, and none is ended.
WITH latest AS (
    SELECT DISTINCT ON (customer_axis, product_axis, operation_code, from_on, sale_mode, order_kind)
           id, customer_axis, product_axis, operation_code, from_on, sale_mode, order_kind, ended
      FROM terms_discount
     ORDER BY customer_axis, product_axis, operation_code, from_on, sale_mode, order_kind, id DESC
)
SELECT a.id AS one, b.id AS other
  FROM latest a
  JOIN latest b USING (customer_axis, product_axis, operation_code, from_on)
 WHERE a.sale_mode <> '' AND a.order_kind = '' AND b.sale_mode = '' AND b.order_kind <> ''
   AND NOT a.ended AND NOT b.ended
 LIMIT 20
