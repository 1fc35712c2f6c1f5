-- Whom to ask for titles that are no longer ours: the last distributor that was named for the title of each line.
SELECT l.id AS line_id, v.new_distributor_gln AS gln
  FROM orders_line l
 CROSS JOIN LATERAL (SELECT new_distributor_gln FROM catalogue_read_availability a
                      WHERE a.product_id = l.product_id AND a.new_distributor_gln <> ''
                      ORDER BY a.from_on DESC, a.id DESC LIMIT 1) v
 WHERE l.id = ANY (%(lines)s::bigint[])
