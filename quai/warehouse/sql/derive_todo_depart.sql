-- Notes whose truck has not left, those taken back left out.
SELECT n.id AS note_id
  FROM warehouse_note n
  LEFT JOIN warehouse_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_reopening r ON r.note_id = n.id
 WHERE d.id IS NULL AND r.id IS NULL
