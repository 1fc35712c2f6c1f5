-- Lock one wave.
SELECT wave_id FROM warehouse_wave_state WHERE wave_id = %(wave)s FOR UPDATE
