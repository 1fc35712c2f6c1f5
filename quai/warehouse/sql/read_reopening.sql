-- Notes taken back before their truck left.
SELECT id, act_id, note_id FROM warehouse_reopening
