-- Entries of these causes, a row for each of their lines.
SELECT e.source_key, e.id, j.code AS journal, e."on", e.piece, e.label, a.code AS account, l.debit, l.credit,
       l.party_id, l.due_on
  FROM accounts_entry e
  JOIN accounts_journal j ON j.id = e.journal_id
  JOIN accounts_entry_line l ON l.entry_id = e.id
  JOIN accounts_account a ON a.id = l.account_id
 WHERE e.source_key = ANY(%(keys)s)
 ORDER BY l.id
