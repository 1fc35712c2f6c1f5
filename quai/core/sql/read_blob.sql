-- Which bytes are kept.
SELECT id, sha256 FROM core_blob
