-- Lock the counter of a series, opening it if this is its first number of the year.
WITH opened AS (
    INSERT INTO core_series (issuer_id, node, kind, year, last_number, last_on, last_hash)
    VALUES (%(issuer)s, %(node)s, %(kind)s, %(year)s, 0, %(on)s, ''::bytea)
    ON CONFLICT (issuer_id, node, kind, year) DO UPDATE SET last_number = core_series.last_number
    RETURNING last_number, last_on, last_hash
)
SELECT last_number, last_on, last_hash FROM opened
