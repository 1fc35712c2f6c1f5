-- Copies already invoiced under a key that comes again for other copies.
SELECT g.source_key
  FROM unnest(%(lines)s::bigint[], %(quantities)s::int[], %(keys)s::text[]) AS g (line_id, quantity, source_key)
  JOIN orders_invoiced i USING (source_key)
 WHERE (i.line_id, i.quantity) <> (g.line_id, g.quantity)
 LIMIT 1
