-- Orders as they were taken, and what a person decided of them since.
SELECT o.id, o.source_key, o.reference, o.standing, o.channel, o.received_on, o.content_digest,
       j.id AS judgement_id, j.became_id
  FROM orders_order o
  LEFT JOIN orders_judgement j ON j.order_id = o.id
 WHERE o.id = ANY (%(orders)s::bigint[])
 ORDER BY o.id
