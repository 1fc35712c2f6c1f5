-- Judgements of orders that needed no person, or that became something else than they said.
SELECT j.order_id, j.became_id
  FROM orders_judgement j
  JOIN orders_order o ON o.id = j.order_id
  LEFT JOIN orders_order b ON b.id = j.became_id
 WHERE o.standing <> 'needs_person'
    OR (j.became_id IS NOT NULL
        AND (b.buyer_gln, b.supplier_gln, b.reference, b.content_digest, b.source_key)
            IS DISTINCT FROM (o.buyer_gln, o.supplier_gln, o.reference, o.content_digest, 'accepted:' || o.id))
 LIMIT 20
