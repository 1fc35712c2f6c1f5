-- The chart.
SELECT id, code, name FROM accounts_account
