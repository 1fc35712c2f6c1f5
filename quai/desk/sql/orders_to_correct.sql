-- Orders that a command may mean, latest first: what they are, and whose.
SELECT id, standing, customer_id, buyer_gln, received_on
  FROM orders_read_order
 WHERE id = ANY(%(orders)s::bigint[])
 ORDER BY id DESC
