-- The printed numbers of the notes closed on a day.
SELECT number FROM warehouse_read_note WHERE closed_on = %(day)s ORDER BY id
