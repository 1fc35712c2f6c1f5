-- These orders as they were taken.
SELECT o.id, o.source_key, o.reference, o.standing, o.repeats_id, r.received_on AS repeats_on
  FROM orders_order o LEFT JOIN orders_order r ON r.id = o.repeats_id
 WHERE o.id = ANY (%(orders)s::bigint[])
