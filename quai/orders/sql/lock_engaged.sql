-- Lock what these accounts are engaged for: two orders of one account, or an order and a run of invoices, wait here.
INSERT INTO orders_engaged AS e (customer_id, net)
SELECT customer_id, 0 FROM unnest(%(customers)s::bigint[]) AS c (customer_id) ORDER BY customer_id
ON CONFLICT (customer_id) DO UPDATE SET net = e.net
