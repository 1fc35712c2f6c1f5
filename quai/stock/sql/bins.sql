-- Where the sellable copies of these titles stand at a site: pick faces first, in walking order.
SELECT b.product_id, b.owner_id, b.location_id, l.code, l.kind, l.walk_order, b.on_hand
  FROM unnest(%(products)s::bigint[]) AS g (product_id)
  JOIN stock_bin_balance b ON b.product_id = g.product_id
  JOIN stock_location l ON l.id = b.location_id
 WHERE b.state = 'sellable' AND b.on_hand > 0
   AND l.site_id = %(site)s AND l.kind IN ('pick', 'bulk')
 ORDER BY b.product_id, l.kind = 'pick' DESC, l.walk_order, b.location_id, b.owner_id
