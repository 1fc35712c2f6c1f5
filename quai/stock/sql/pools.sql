-- What every site has of these titles, by owner and state.
SELECT p.id, p.site_id, p.product_id, p.owner_id, p.state, b.on_hand, b.reserved
  FROM unnest(%(products)s::bigint[]) AS g (product_id)
  JOIN stock_pool p ON p.product_id = g.product_id
  JOIN stock_pool_balance b ON b.pool_id = p.id
 ORDER BY p.product_id, p.id
