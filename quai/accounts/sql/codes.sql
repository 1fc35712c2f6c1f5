-- Codes of the chart and of the journals.
SELECT 'account' AS what, code FROM accounts_account
UNION ALL
SELECT 'journal', code FROM accounts_journal
