-- Departed notes of sales that billing has not pulled yet.
SELECT note_id, customer_id, closed_on FROM warehouse_todo_invoice
