-- Notes of which the copies are not those of their parcels.
SELECT n.number, e.noted, e.packed
  FROM (SELECT note_id, sum(noted) AS noted, sum(packed) AS packed
          FROM (SELECT note_id, quantity AS noted, 0 AS packed FROM warehouse_note_line
                UNION ALL
                SELECT note_id, 0, copies FROM warehouse_parcel) each_one
         GROUP BY note_id
        HAVING sum(noted) <> sum(packed)
         LIMIT 20) e
  JOIN warehouse_note n ON n.id = e.note_id
