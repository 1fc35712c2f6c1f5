-- Messages by what came of them; one without an outcome was cut and is to be received again.
SELECT coalesce(o.outcome, 'unfinished') AS stage, count(*) AS number
  FROM exchange_message m
  LEFT JOIN LATERAL (SELECT outcome FROM exchange_outcome
                      WHERE message_id = m.id ORDER BY id DESC LIMIT 1) o ON true
 GROUP BY 1
 ORDER BY 1
