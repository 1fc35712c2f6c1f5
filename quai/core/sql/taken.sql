-- The numbers taken by documents of one kind of source.
SELECT source_key, text, "on", digest, hash FROM core_numbered WHERE starts_with(source_key, %(source)s)
