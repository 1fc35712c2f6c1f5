-- The notices already received under these keys, and what was kept of each.
SELECT source_key, product_id, content_id FROM catalogue_notice WHERE source_key = ANY (%(keys)s::text[])
