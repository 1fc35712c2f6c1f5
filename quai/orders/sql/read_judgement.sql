-- What a person decided of orders that needed one: the order each became, none when it was refused.
SELECT id, act_id, order_id, became_id FROM orders_judgement
