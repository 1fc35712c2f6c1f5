-- What one copy of these lines was worth when first ready, for those that were estimated; no worth: never estimated,
-- and copies have left already.
SELECT g.line_id, t.net
  FROM unnest(%(lines)s::bigint[]) AS g (line_id)
  LEFT JOIN orders_estimate t USING (line_id)
  LEFT JOIN orders_line_state s USING (line_id)
 WHERE t.line_id IS NOT NULL OR s.shipped > 0
