-- Promises of which the picks are not the whole.
SELECT r.id, r.quantity, k.quantity AS picked
  FROM (SELECT reservation_id, sum(quantity)::int AS quantity FROM warehouse_pick GROUP BY reservation_id) k
  JOIN stock_read_reservation r ON r.id = k.reservation_id
 WHERE r.quantity <> k.quantity
 LIMIT 20
