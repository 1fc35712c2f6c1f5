-- Write a seal and make it the head of its table.
WITH sealed AS (
    INSERT INTO core_seal (table_name, columns, from_tx, to_tx, facts, digest, previous, hash, form)
    VALUES (%(table)s, %(columns)s::text[], %(from_tx)s, %(to_tx)s, %(facts)s, %(digest)s, %(previous)s, %(hash)s,
            %(form)s)
)
INSERT INTO core_seal_head (table_name, to_tx, hash)
VALUES (%(table)s, %(to_tx)s, %(hash)s)
ON CONFLICT (table_name) DO UPDATE SET to_tx = excluded.to_tx, hash = excluded.hash
