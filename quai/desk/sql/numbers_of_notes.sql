-- The printed numbers of these notes, in order.
SELECT n.number
  FROM unnest(%(notes)s::bigint[]) WITH ORDINALITY AS asked (id, rank)
  JOIN warehouse_read_note n ON n.id = asked.id
 ORDER BY asked.rank
