-- Lock what these accounts are engaged for, and say what each owes besides: two orders of one account wait here.
WITH engaged AS (
    INSERT INTO orders_engaged AS e (customer_id, net)
    SELECT customer_id, 0 FROM unnest(%(customers)s::bigint[]) AS c (customer_id) ORDER BY customer_id
    ON CONFLICT (customer_id) DO UPDATE SET net = e.net
    RETURNING customer_id, net
)
SELECT e.customer_id, e.net + coalesce(d.amount, 0) AS owed
  FROM engaged e LEFT JOIN accounts_read_debt d ON d.party_id = e.customer_id
