-- Lines that count against a credit limit, and what one copy of each is worth.
SELECT line_id, customer_id, net, act_id FROM orders_estimate
