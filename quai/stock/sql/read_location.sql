-- Places, real and virtual (those have no site).
SELECT id, site_id, code, kind, walk_order FROM stock_location
