-- What each account adds up to at the end of a day.
SELECT a.code, a.name, s.debit, s.credit, s.debit - s.credit AS balance
  FROM (SELECT l.account_id, sum(l.debit) AS debit, sum(l.credit) AS credit
          FROM accounts_entry_line l
          JOIN accounts_entry e ON e.id = l.entry_id
         WHERE e."on" <= %(on)s
         GROUP BY l.account_id) s
  JOIN accounts_account a ON a.id = s.account_id
 ORDER BY a.code
