-- Copies already moved under these keys; what was taken from a second fate bears the key and a number.
SELECT g.line_id, g.source_key, sum(m.quantity)::int AS quantity
  FROM unnest(%(lines)s::bigint[], %(keys)s::text[]) AS g (line_id, source_key)
  JOIN orders_line_move m
    ON m.line_id = g.line_id AND (m.source_key = g.source_key OR starts_with(m.source_key, g.source_key || '+'))
 GROUP BY g.line_id, g.source_key
