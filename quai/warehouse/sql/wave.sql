-- One wave, and when it was made.
SELECT w.id, w.site_id, w.carrier_id, w.kind, w.cut_off_at, a.at AS made_at
  FROM warehouse_wave w
  JOIN core_read_act a ON a.id = w.act_id
 WHERE w.id = %(wave)s
