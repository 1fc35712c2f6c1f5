-- Open the places that do not exist yet.
INSERT INTO stock_location (act_id, site_id, code, kind, walk_order)
SELECT %(act)s, g.site_id, g.code, g.kind, g.walk_order
  FROM unnest(%(sites)s::bigint[], %(codes)s::text[], %(kinds)s::text[], %(walks)s::int[])
       WITH ORDINALITY AS g (site_id, code, kind, walk_order, rank)
 ORDER BY g.rank
ON CONFLICT (code) DO NOTHING
