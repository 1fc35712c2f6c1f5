-- Order lines of which the copies shipped are not those on their notes, notes taken back left out.
WITH noted AS (
    SELECT l.line_id, sum(l.quantity) AS quantity
      FROM warehouse_note_line l
      LEFT JOIN warehouse_reopening r ON r.note_id = l.note_id
     WHERE r.id IS NULL
     GROUP BY l.line_id
)
SELECT coalesce(s.line_id, n.line_id) AS line_id, s.shipped, n.quantity AS noted
  FROM (SELECT line_id, shipped FROM orders_read_line_state WHERE shipped > 0) s
  FULL JOIN noted n USING (line_id)
 WHERE s.shipped IS DISTINCT FROM n.quantity
 LIMIT 20
