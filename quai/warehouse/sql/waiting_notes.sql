-- Notes that wait for their truck.
SELECT note_id FROM warehouse_todo_depart ORDER BY note_id
