-- Lock, in key order, those of these notes whose truck has not left: a departure and a reopening exclude each other.
SELECT note_id
  FROM warehouse_todo_depart
 WHERE note_id = ANY(%(notes)s::bigint[])
 ORDER BY note_id
   FOR UPDATE
