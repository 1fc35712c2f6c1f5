-- Which of these bytes are kept already.
SELECT id, sha256 FROM core_blob WHERE sha256 = ANY(%(sha256)s::bytea[])
