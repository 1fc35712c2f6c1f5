-- The products of these GTINs and distributors, those that are known.
SELECT p.id, p.gtin, p.distributor_gln
  FROM unnest(%(gtins)s::text[], %(distributors)s::text[]) AS a (gtin, distributor_gln)
  JOIN catalogue_product p USING (gtin, distributor_gln)
