-- Debits and credits with the code of their account.
SELECT l.id, l.entry_id, a.code AS account, l.party_id, l.debit, l.credit, l.due_on
  FROM accounts_entry_line l JOIN accounts_account a ON a.id = l.account_id
