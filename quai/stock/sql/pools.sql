-- What every site has of these titles, by owner and state.
SELECT p.id, p.site_id, p.product_id, p.owner_id, p.state, b.on_hand, b.reserved
  FROM stock_pool p
  JOIN stock_pool_balance b ON b.pool_id = p.id
 WHERE p.product_id = ANY(%(products)s)
 ORDER BY p.product_id, p.id
