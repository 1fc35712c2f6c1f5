-- The products, by GTIN and distributor.
SELECT id, gtin, distributor_gln FROM catalogue_product
