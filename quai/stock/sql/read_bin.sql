-- Copies standing at each real place.
SELECT location_id, product_id, owner_id, state, on_hand FROM stock_bin_balance
