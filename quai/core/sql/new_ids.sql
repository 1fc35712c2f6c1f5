-- Take ids of a table. OFFSET 0: its sequence is looked up once, not once an id.
SELECT nextval(owned.sequence)
  FROM (SELECT pg_get_serial_sequence(%(table)s, 'id')::regclass AS sequence OFFSET 0) owned,
       generate_series(1, %(count)s)
