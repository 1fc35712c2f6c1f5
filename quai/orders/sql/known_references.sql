-- The order by which each of these references is known.
SELECT k.buyer_gln, k.supplier_gln, k.reference, k.order_id, k.received_on, o.content_digest
  FROM unnest(%(buyers)s::text[], %(suppliers)s::text[], %(references)s::text[]) AS c (buyer_gln, supplier_gln, reference)
  JOIN orders_known_reference k USING (buyer_gln, supplier_gln, reference)
  JOIN orders_order o ON o.id = k.order_id
