-- A site by its code.
SELECT id FROM stock_site WHERE code = %(code)s
