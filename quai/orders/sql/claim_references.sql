-- Make these references known by these orders, unless another order of the last year has them; say which became so.
-- Whoever loses waited here for the winner's transaction to end.
INSERT INTO orders_known_reference AS k (buyer_gln, supplier_gln, reference, order_id, received_on)
SELECT buyer_gln, supplier_gln, reference, order_id, %(day)s
  FROM unnest(%(buyers)s::text[], %(suppliers)s::text[], %(references)s::text[], %(orders)s::bigint[])
       AS c (buyer_gln, supplier_gln, reference, order_id)
 ORDER BY buyer_gln, supplier_gln, reference
ON CONFLICT (buyer_gln, supplier_gln, reference) DO UPDATE
   SET order_id = excluded.order_id, received_on = excluded.received_on
 WHERE k.received_on <= excluded.received_on - interval '1 year'
RETURNING order_id
