-- Messages by what came of them; one without an outcome was cut and is to be received again.
SELECT coalesce(o.outcome, 'unfinished') AS stage, count(*) AS number
  FROM exchange_message m
  LEFT JOIN exchange_outcome o ON o.message_id = m.id
 GROUP BY 1
 ORDER BY 1
