-- Keep bytes that are not kept yet, and say under which id each one is.
WITH given AS (
    SELECT DISTINCT ON (sha256) sha256, content
      FROM unnest(%(sha256)s::bytea[], %(content)s::bytea[]) AS g (sha256, content)
), kept AS (
    INSERT INTO core_blob (sha256, content)
    SELECT sha256, content FROM given
    ON CONFLICT (sha256) DO NOTHING
    RETURNING id, sha256
)
SELECT id, sha256 FROM kept
UNION ALL
SELECT b.id, b.sha256 FROM core_blob b JOIN given USING (sha256)
