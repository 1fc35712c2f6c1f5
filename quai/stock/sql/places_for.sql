-- Places of this code, or else of this kind.
SELECT l.id FROM stock_location l WHERE l.code = %(to)s OR l.kind = %(to)s LIMIT 1
