-- Delivery notes: `departed_at` when their truck left, `reopened` when they were taken back before.
SELECT n.id, n.tx, n.act_id, n.shipment_id, n.number, n.customer_id, n.outlet_id, n.nature, n.closed_on, n.closed_at,
       n.carriage, d.departed_at, d.carrier_id, r.note_id IS NOT NULL AS reopened
  FROM warehouse_note n
  LEFT JOIN warehouse_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_reopening r ON r.note_id = n.id
