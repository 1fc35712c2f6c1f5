-- Open a site unless it is open.
INSERT INTO stock_site (act_id, code, name) VALUES (%(act)s, %(code)s, %(name)s) ON CONFLICT (code) DO NOTHING
