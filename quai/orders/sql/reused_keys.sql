-- Moves already written under a key that comes again with other content.
SELECT g.source_key
  FROM unnest(%(lines)s::bigint[], %(from_fates)s::text[], %(to_fates)s::text[], %(quantities)s::int[], %(keys)s::text[])
       AS g (line_id, from_fate, to_fate, quantity, source_key)
  JOIN orders_line_move m USING (line_id, source_key)
 WHERE (m.from_fate, m.to_fate, m.quantity) <> (g.from_fate, g.to_fate, g.quantity)
 LIMIT 1
