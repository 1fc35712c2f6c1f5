-- What people call a title.
SELECT p.gtin FROM catalogue_read_product p WHERE p.id = %(product)s
