-- Notes both gone and taken back.
SELECT n.number
  FROM warehouse_departure d
  JOIN warehouse_reopening r ON r.note_id = d.note_id
  JOIN warehouse_note n ON n.id = d.note_id
 LIMIT 20
