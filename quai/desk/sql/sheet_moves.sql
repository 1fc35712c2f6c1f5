-- What happened to these lines: each move, its reason, when and by whom.
SELECT m.line_id, m.from_fate, m.to_fate, m.quantity, m.reason, m.until_on, a.at, u.name AS by
  FROM orders_read_line_move m
  JOIN core_read_act a ON a.id = m.act_id
  LEFT JOIN access_read_user u ON u.id = a.actor_id
 WHERE m.line_id = ANY(%(lines)s::bigint[])
 ORDER BY m.id
