-- One wave.
SELECT id, act_id, site_id, carrier_id, kind, cut_off_at FROM warehouse_wave WHERE id = %(wave)s
