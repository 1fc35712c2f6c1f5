-- Entries, for what is built on them (statements, ledger files).
SELECT e.id, e.act_id, j.code AS journal, e."on", e.piece, e.label, e.source_key, e.currency, e.line_count, e.total
  FROM accounts_entry e JOIN accounts_journal j ON j.id = e.journal_id
