-- The lines of the notes taken that count against a credit limit: their account owes them from now on.
SELECT l.line_id, l.quantity, l.id AS note_line_id
  FROM run_group g
  JOIN warehouse_read_note_line l ON l.note_id = g.group_of
  JOIN orders_read_estimate t ON t.line_id = l.line_id
 WHERE EXISTS (SELECT FROM orders_read_estimate)  -- known before anything is read
 ORDER BY l.id
