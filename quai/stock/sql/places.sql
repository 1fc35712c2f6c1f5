-- Places by their codes.
SELECT l.code, l.id, l.kind, l.site_id FROM stock_location l WHERE l.code = ANY(%(codes)s)
