-- Promises ever made.
SELECT id, pool_id, demand, quantity FROM stock_reservation
