-- The notes that hold copies of these order lines, those taken back left out.
SELECT l.line_id, n.id AS note_id, n.number, l.quantity, n.closed_on, d.departed_at
  FROM unnest(%(lines)s::bigint[]) AS g (id)
  JOIN warehouse_note_line l ON l.line_id = g.id
  JOIN warehouse_note n ON n.id = l.note_id
  LEFT JOIN warehouse_departure d ON d.note_id = n.id
 WHERE NOT EXISTS (SELECT FROM warehouse_reopening r WHERE r.note_id = n.id)
 ORDER BY l.line_id, n.id
