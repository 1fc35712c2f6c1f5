-- Bytes that are not what their digest says.
SELECT id, sha256 FROM core_blob WHERE sha256(content) <> sha256
