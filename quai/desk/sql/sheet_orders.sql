-- The orders of a reference (or the one of an id), as received.
SELECT o.id, o.reference, o.standing, o.repeats_id, o.channel, o.supplier_gln, o.buyer_gln, o.deliver_to_gln,
       o.ordered_on, o.received_on, o.operation_code, o.kind, o.earliest_on, o.latest_on, o.customer_id
  FROM orders_read_order o
 WHERE o.reference = %(reference)s OR o.id = %(id)s
 ORDER BY o.id
