-- Notes of which the copies are not those of their parcels.
SELECT n.number, l.copies AS noted, p.copies AS packed
  FROM warehouse_note n
  LEFT JOIN (SELECT note_id, sum(quantity) AS copies FROM warehouse_note_line GROUP BY note_id) l ON l.note_id = n.id
  LEFT JOIN (SELECT note_id, sum(copies) AS copies FROM warehouse_parcel GROUP BY note_id) p ON p.note_id = n.id
 WHERE l.copies IS DISTINCT FROM p.copies
 LIMIT 20
