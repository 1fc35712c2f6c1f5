-- Messages received, and what came of them.
SELECT m.id, m.name, m.origin, m.size, b.kind, b.outcome, m.act_id
  FROM exchange_message m
  LEFT JOIN exchange_outcome b ON b.message_id = m.id
