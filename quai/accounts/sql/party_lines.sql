-- The last lines of a party, newest first.
SELECT l.id, e."on", j.code AS journal, e.piece, e.label, a.code AS account, l.debit, l.credit, l.due_on
  FROM accounts_entry_line l
  JOIN accounts_entry e ON e.id = l.entry_id
  JOIN accounts_journal j ON j.id = e.journal_id
  JOIN accounts_account a ON a.id = l.account_id
 WHERE l.party_id = %(party)s
 ORDER BY l.id DESC
 LIMIT %(limit)s
