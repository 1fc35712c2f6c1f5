-- Open accounts and journals that do not exist yet, in the order of the chart.
WITH accounts AS (
    INSERT INTO accounts_account (act_id, code, name)
    SELECT %(act)s, code, name
      FROM unnest(%(accounts)s::text[], %(names)s::text[]) WITH ORDINALITY AS a (code, name, rank)
     ORDER BY rank
    ON CONFLICT (code) DO NOTHING
    RETURNING id
), journals AS (
    INSERT INTO accounts_journal (act_id, code, name)
    SELECT %(act)s, code, name
      FROM unnest(%(journals)s::text[], %(titles)s::text[]) WITH ORDINALITY AS j (code, name, rank)
     ORDER BY rank
    ON CONFLICT (code) DO NOTHING
    RETURNING id
)
SELECT (SELECT count(*) FROM accounts)::int + (SELECT count(*) FROM journals)::int AS opened
