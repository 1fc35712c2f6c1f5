-- Orders as received; a delivery address made known after the order came is the order's.
SELECT o.id, o.act_id, o.channel, o.standing, o.repeats_id, o.supplier_gln, o.buyer_gln, o.deliver_to_gln, o.relay_gln,
       o.customer_id, coalesce(o.outlet_id, g.outlet_id) AS outlet_id, o.reference, o.ordered_on, o.received_on,
       o.operation_code, o.kind, o.shipping_mode, o.backorder_policy, o.discount_term, o.earliest_on, o.latest_on,
       o.source_key
  FROM orders_order o
  LEFT JOIN parties_read_gln g ON o.outlet_id IS NULL AND o.deliver_to_gln <> '' AND g.gln = o.deliver_to_gln
