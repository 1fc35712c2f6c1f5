-- Write the numbers taken and move the counter of their series.
WITH numbered AS (
    INSERT INTO core_numbered (act_id, issuer_id, node, kind, year, number, text, "on", source_key,
                               canonical_version, digest, previous, hash)
    SELECT %(act)s, %(issuer)s, %(node)s, %(kind)s, %(year)s, %(first)s + rank - 1, text, %(on)s, key,
           %(version)s, digest, previous, hash
      FROM unnest(%(texts)s::text[], %(keys)s::text[], %(digests)s::bytea[], %(previous)s::bytea[], %(hashes)s::bytea[])
           WITH ORDINALITY AS d (text, key, digest, previous, hash, rank)
)
UPDATE core_series
   SET last_number = %(last)s, last_on = %(on)s, last_hash = %(last_hash)s
 WHERE issuer_id = %(issuer)s AND node = %(node)s AND kind = %(kind)s AND year = %(year)s
