-- What people call a place and a title.
SELECT l.code, p.gtin
  FROM stock_location l CROSS JOIN catalogue_read_product p
 WHERE l.id = %(place)s AND p.id = %(product)s
