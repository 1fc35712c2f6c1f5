-- Notes by their printed number.
SELECT id, number FROM warehouse_read_note WHERE number = ANY(%(numbers)s::text[])
