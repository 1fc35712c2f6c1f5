-- The next shipments of a wave that have neither a note nor, for want of copies, no need of one.
SELECT s.id
  FROM warehouse_shipment s
  LEFT JOIN warehouse_fetched f ON f.shipment_id = s.id
  LEFT JOIN warehouse_note n ON n.shipment_id = s.id
 WHERE s.wave_id = %(wave)s AND n.id IS NULL AND (f.copies IS NULL OR f.copies > 0)
 ORDER BY s.id
 LIMIT %(limit)s
