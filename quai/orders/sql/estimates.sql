-- What one copy of each line is worth today without VAT and before discount, and what its discount depends on.
SELECT l.id AS line_id, o.customer_id, l.product_id, o.kind, o.operation_code, o.received_on,
       coalesce(p.net, 0) AS net, l.free_with_id IS NOT NULL AS free
  FROM orders_line l
  JOIN orders_order o ON o.id = l.order_id
  LEFT JOIN LATERAL (
       SELECT (SELECT sum(t.retail_price_net) FROM catalogue_read_price_part t WHERE t.price_id = r.id) AS net
         FROM catalogue_read_price r
        WHERE r.product_id = l.product_id AND r.from_on <= %(day)s
        ORDER BY r.from_on DESC, r.id DESC LIMIT 1) p ON true
 WHERE l.id = ANY (%(lines)s::bigint[])
