-- Which of these codes are places already, of what kind, on which site (virtual places have none).
SELECT l.code, l.kind, l.walk_order, s.code AS site
  FROM stock_read_location l
  LEFT JOIN stock_read_site s ON s.id = l.site_id
 WHERE l.code = ANY (%(codes)s::text[])
