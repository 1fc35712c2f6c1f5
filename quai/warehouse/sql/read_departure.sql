-- Trucks that left, note by note.
SELECT id, act_id, note_id, carrier_id, departed_at FROM warehouse_departure
