-- The orders of a reference (or the one of an id), as received, when and by whom, and the message they came in.
SELECT o.id, o.reference, o.standing, o.repeats_id, o.channel, o.supplier_gln, o.buyer_gln, o.deliver_to_gln,
       o.ordered_on, o.received_on, o.operation_code, o.kind, o.earliest_on, o.latest_on, o.customer_id, o.outlet_id,
       o.backorder_policy, a.at AS received_at, u.name AS received_by,
       m.name AS message_name, encode(b.sha256, 'hex') AS message_sha256
  FROM orders_read_order o
  JOIN core_read_act a ON a.id = o.act_id
  LEFT JOIN access_read_user u ON u.id = a.actor_id
  LEFT JOIN exchange_read_message m
         ON m.id = CASE WHEN o.source_key LIKE 'message:%%' THEN split_part(o.source_key, ':', 2)::bigint END
  LEFT JOIN core_read_blob b ON b.id = m.content_id
 WHERE o.reference = %(reference)s OR o.id = %(id)s
 ORDER BY o.id
