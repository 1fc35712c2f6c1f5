-- What a promise names: one title of one owner, in one state, at one site.
SELECT id, site_id, product_id, owner_id, state FROM stock_pool
