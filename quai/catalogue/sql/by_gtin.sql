-- The product of each GTIN: of several distributors' the first in the order given.
SELECT DISTINCT ON (p.gtin) p.gtin, p.id
  FROM catalogue_product p
  JOIN unnest(%(distributors)s::text[]) WITH ORDINALITY AS d (gln, rank) ON d.gln = p.distributor_gln
 WHERE p.gtin = ANY (%(gtins)s::text[])
 ORDER BY p.gtin, d.rank
