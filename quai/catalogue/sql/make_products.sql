-- Make the products that are not known yet; the id of every one asked, known before or not.
WITH asked AS (
    SELECT DISTINCT gtin, distributor_gln
      FROM unnest(%(gtins)s::text[], %(distributors)s::text[]) AS a (gtin, distributor_gln)
), made AS (
    INSERT INTO catalogue_product (gtin, distributor_gln, act_id)
    SELECT gtin, distributor_gln, %(act)s FROM asked
    ON CONFLICT (gtin, distributor_gln) DO NOTHING
    RETURNING id, gtin, distributor_gln
)
SELECT id, gtin, distributor_gln FROM made
UNION ALL
SELECT p.id, p.gtin, p.distributor_gln FROM catalogue_product p JOIN asked USING (gtin, distributor_gln)
