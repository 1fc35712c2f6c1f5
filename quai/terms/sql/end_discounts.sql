-- Say that these discounts no longer hold from a day: each is repeated, ended, unless it already is.
INSERT INTO terms_discount (customer_id, network, publisher_id, imprint, collection, product_id, sale_mode, order_kind,
                            operation_code, from_on, ended, base, extra, method, free_per, price_day, act_id)
SELECT d.customer_id, d.network, d.publisher_id, d.imprint, d.collection, d.product_id, d.sale_mode, d.order_kind,
       d.operation_code, greatest(d.from_on, %(from_on)s), true, d.base, d.extra, d.method, d.free_per, d.price_day,
       %(act)s
  FROM terms_discount d
 WHERE d.id = ANY (%(discounts)s::bigint[])
