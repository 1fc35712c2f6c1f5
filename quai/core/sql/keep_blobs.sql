-- Keep bytes that nobody keeps yet.
INSERT INTO core_blob (sha256, content)
SELECT sha256, content FROM unnest(%(sha256)s::bytea[], %(content)s::bytea[]) AS given (sha256, content)
ON CONFLICT (sha256) DO NOTHING
