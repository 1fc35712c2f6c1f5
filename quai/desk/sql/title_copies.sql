-- Copies of one title that can be promised, those that are, and its name of today.
SELECT (SELECT d.title FROM catalogue_read_description d
         WHERE d.product_id = %(product)s ORDER BY d.from_on DESC, d.id DESC LIMIT 1) AS title,
       coalesce(sum(b.on_hand), 0)::bigint AS on_hand, coalesce(sum(b.reserved), 0)::bigint AS reserved,
       coalesce(sum(b.on_hand - b.reserved), 0)::bigint AS available
  FROM stock_read_pool p
  JOIN stock_read_pool_balance b ON b.pool_id = p.id
 WHERE p.product_id = %(product)s AND p.state = 'sellable'
