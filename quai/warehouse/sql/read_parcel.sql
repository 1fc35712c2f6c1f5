-- Boxes of the notes.
SELECT id, act_id, note_id, position, sscc, copies, expected_weight_g, weighed_g FROM warehouse_parcel
