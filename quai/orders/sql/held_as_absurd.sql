-- Of these lines, those whose copies are held because they are too many, not accepted yet.
SELECT s.line_id
  FROM orders_line_state s
 WHERE s.line_id = ANY (%(lines)s::bigint[]) AND s.held > 0
   AND NOT EXISTS (SELECT FROM orders_accepted_quantity q WHERE q.line_id = s.line_id)
   AND (SELECT m.reason FROM orders_line_move m
         WHERE m.line_id = s.line_id AND m.to_fate = 'held' ORDER BY m.id DESC LIMIT 1) = 'absurd_quantity'
