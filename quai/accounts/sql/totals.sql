-- All debits and all credits.
SELECT coalesce(sum(debit), 0) AS debit, coalesce(sum(credit), 0) AS credit FROM accounts_entry_line
