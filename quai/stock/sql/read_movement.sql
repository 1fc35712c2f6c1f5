-- Every copy that ever moved, from where to where and why.
SELECT id, tx, act_id, product_id, owner_id, state, from_location_id, to_location_id, quantity, reason, source_key, at
  FROM stock_movement
