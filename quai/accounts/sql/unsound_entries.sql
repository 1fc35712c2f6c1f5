-- Entries whose lines are not what their head was sealed with.
SELECT e.id, e.piece, e.line_count, e.total, coalesce(l.lines, 0) AS lines, coalesce(l.debit, 0) AS debit,
       coalesce(l.credit, 0) AS credit
  FROM accounts_entry e
  LEFT JOIN (SELECT entry_id, count(*) AS lines, sum(debit) AS debit, sum(credit) AS credit
               FROM accounts_entry_line GROUP BY entry_id) l ON l.entry_id = e.id
 WHERE (coalesce(l.lines, 0), coalesce(l.debit, 0), coalesce(l.credit, 0)) IS DISTINCT FROM (e.line_count, e.total, e.total)
 LIMIT 20
