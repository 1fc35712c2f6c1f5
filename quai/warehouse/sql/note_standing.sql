-- How notes stand: gone, taken back, or neither.
SELECT g.id AS asked_id, n.id, n.number, d.departed_at, d.carrier_id, r.id IS NOT NULL AS reopened
  FROM unnest(%(notes)s::bigint[]) AS g (id)
  LEFT JOIN warehouse_note n ON n.id = g.id
  LEFT JOIN warehouse_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_reopening r ON r.note_id = n.id
 ORDER BY g.id
