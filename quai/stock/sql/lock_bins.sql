-- Lock bins in key order and say what the ledger has there.
SELECT b.product_id, b.location_id, b.owner_id, b.state, b.on_hand
  FROM stock_bin_balance b
 WHERE (b.product_id, b.location_id, b.owner_id, b.state)
       IN (SELECT product_id, location_id, owner_id, state
             FROM unnest(%(products)s::bigint[], %(places)s::bigint[], %(owners)s::bigint[], %(states)s::text[])
                  AS g (product_id, location_id, owner_id, state))
 ORDER BY b.product_id, b.location_id, b.owner_id, b.state
   FOR UPDATE OF b
