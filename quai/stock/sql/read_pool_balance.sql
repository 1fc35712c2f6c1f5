-- Copies in each pool, and how many of them are promised.
SELECT pool_id, on_hand, reserved FROM stock_pool_balance
