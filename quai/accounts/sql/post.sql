-- Post entries that are not posted yet, with their lines; the database refuses what does not balance.
WITH given AS MATERIALIZED (
    SELECT *
      FROM unnest(%(journals)s::text[], %(days)s::date[], %(pieces)s::text[], %(labels)s::text[], %(keys)s::text[],
                  %(counts)s::int[], %(totals)s::numeric[])
           WITH ORDINALITY AS g (journal, day, piece, label, source_key, line_count, total, rank)
), posted AS (
    INSERT INTO accounts_entry (act_id, journal_id, "on", piece, label, source_key, currency, line_count, total)
    SELECT %(act)s, j.id, g.day, g.piece, g.label, g.source_key, 'EUR', g.line_count, g.total
      FROM given g
      JOIN accounts_journal j ON j.code = g.journal
     ORDER BY g.rank
    ON CONFLICT (source_key) DO NOTHING
    RETURNING id, source_key
), entry AS (
    SELECT DISTINCT ON (p.id) p.id, g.rank
      FROM posted p JOIN given g USING (source_key)
     ORDER BY p.id, g.rank
), lines AS (
    INSERT INTO accounts_entry_line (act_id, entry_id, account_id, party_id, debit, credit, due_on)
    SELECT %(act)s, e.id, a.id, l.party_id, l.debit, l.credit, l.due_on
      FROM unnest(%(ranks)s::int[], %(accounts)s::text[], %(debits)s::numeric[], %(credits)s::numeric[],
                  %(parties)s::bigint[], %(dues)s::date[])
           WITH ORDINALITY AS l (rank, account, debit, credit, party_id, due_on, position)
      JOIN entry e ON e.rank = l.rank
      JOIN accounts_account a ON a.code = l.account
     ORDER BY l.position
    RETURNING account_id, party_id, debit, credit
), owed AS (
    INSERT INTO accounts_debt AS d (party_id, amount)
    SELECT l.party_id, sum(l.debit - l.credit)
      FROM lines l
      JOIN accounts_account a ON a.id = l.account_id
     WHERE l.party_id IS NOT NULL AND left(a.code, 3) = '411'  -- PCG: customers
     GROUP BY l.party_id
     ORDER BY l.party_id
    ON CONFLICT (party_id) DO UPDATE SET amount = d.amount + excluded.amount
)
SELECT id, source_key FROM posted
