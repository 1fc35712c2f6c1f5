-- Boxes of these notes.
SELECT note_id, position, sscc, copies, expected_weight_g, weighed_g
  FROM warehouse_parcel
 WHERE note_id = ANY(%(notes)s::bigint[])
 ORDER BY note_id, position
