-- Reservations whose end does not account for every copy promised.
SELECT r.id, r.quantity, o.taken + o.released AS accounted
  FROM stock_resolution o JOIN stock_reservation r ON r.id = o.reservation_id
 WHERE o.taken + o.released <> r.quantity
 LIMIT 20
