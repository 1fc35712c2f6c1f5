-- Delivery notes: reopened, waiting for their truck, gone.
SELECT CASE WHEN r.note_id IS NOT NULL THEN 'reopened' WHEN d.note_id IS NULL THEN 'closed' ELSE 'departed' END AS stage,
       count(*) AS number
  FROM warehouse_read_note n
  LEFT JOIN warehouse_read_departure d ON d.note_id = n.id
  LEFT JOIN warehouse_read_reopening r ON r.note_id = n.id
 GROUP BY 1
 ORDER BY 1
