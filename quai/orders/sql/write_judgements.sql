-- Write what a person decided of these orders.
INSERT INTO orders_judgement (act_id, order_id, became_id)
SELECT %(act)s, order_id, became_id FROM unnest(%(orders)s::bigint[], %(became)s::bigint[]) AS g (order_id, became_id)
