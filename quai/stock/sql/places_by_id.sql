-- Places by their ids.
SELECT l.code, l.id, l.kind, l.site_id FROM stock_location l WHERE l.id = ANY(%(ids)s)
