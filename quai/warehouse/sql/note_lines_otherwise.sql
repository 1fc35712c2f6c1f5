-- Lines of which the copies on the note are not those that were taken for its shipment.
WITH taken AS (
    SELECT shipment_id, line_id, product_id, owner_id, sum(taken) AS quantity
      FROM (SELECT DISTINCT k.shipment_id, k.reservation_id, r.demand AS line_id, p.product_id, p.owner_id, x.taken
              FROM warehouse_pick k
              JOIN warehouse_note n ON n.shipment_id = k.shipment_id
              JOIN stock_read_resolution x ON x.reservation_id = k.reservation_id AND x.taken > 0
              JOIN stock_read_reservation r ON r.id = k.reservation_id
              JOIN stock_read_pool p ON p.id = r.pool_id) promise  -- picked in several places, taken once
     GROUP BY shipment_id, line_id, product_id, owner_id
), noted AS (
    SELECT n.shipment_id, l.line_id, l.product_id, l.owner_id, sum(l.quantity) AS quantity
      FROM warehouse_note_line l JOIN warehouse_note n ON n.id = l.note_id
     GROUP BY n.shipment_id, l.line_id, l.product_id, l.owner_id
)
SELECT shipment_id, line_id, t.quantity AS taken, n.quantity AS noted
  FROM taken t FULL JOIN noted n USING (shipment_id, line_id, product_id, owner_id)
 WHERE t.quantity IS DISTINCT FROM n.quantity
 LIMIT 20
