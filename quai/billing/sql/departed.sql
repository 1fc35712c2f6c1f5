-- Departed notes of sales closed until a day and not invoiced, oldest first.
SELECT note_id FROM warehouse_read_todo_invoice WHERE closed_on <= %(until)s ORDER BY note_id
