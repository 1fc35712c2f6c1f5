-- Notes by their printed numbers.
SELECT id, number FROM warehouse_note WHERE number = ANY(%(numbers)s)
