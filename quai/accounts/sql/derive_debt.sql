-- What each party owes as a customer: debits less credits on the accounts 411 (PCG).
SELECT l.party_id, sum(l.debit - l.credit) AS amount
  FROM accounts_entry_line l
  JOIN accounts_account a ON a.id = l.account_id
 WHERE l.party_id IS NOT NULL AND left(a.code, 3) = '411'
 GROUP BY l.party_id
