-- Let references be known by the last order taken under them (see derive_known_reference.sql), these ones' included.
INSERT INTO orders_known_reference AS k (buyer_gln, supplier_gln, reference, order_id, received_on)
SELECT DISTINCT ON (o.buyer_gln, o.supplier_gln, o.reference)
       o.buyer_gln, o.supplier_gln, o.reference, o.id, o.received_on
  FROM orders_order o
  JOIN (SELECT DISTINCT buyer_gln, supplier_gln, reference FROM orders_order WHERE id = ANY (%(orders)s::bigint[])) g
       USING (buyer_gln, supplier_gln, reference)
 WHERE o.standing IN ('accepted', 'refused')
 ORDER BY o.buyer_gln, o.supplier_gln, o.reference, o.received_on DESC, o.id DESC
ON CONFLICT (buyer_gln, supplier_gln, reference) DO UPDATE
   SET order_id = excluded.order_id, received_on = excluded.received_on
