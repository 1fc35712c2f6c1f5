-- Messages received, and what came of them.
SELECT m.id, m.content_id, m.name, m.origin, m.size, b.kind, b.outcome, m.act_id
  FROM exchange_message m
  LEFT JOIN LATERAL (SELECT kind, outcome FROM exchange_outcome
                      WHERE message_id = m.id ORDER BY id DESC LIMIT 1) b ON true
