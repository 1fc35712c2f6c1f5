-- References of a table to rows that do not exist, all looked for in one reading of it.
SELECT named.reference, named.id AS missing
  FROM {table} a
 CROSS JOIN LATERAL (VALUES {references}) AS named (reference, id, held)
 WHERE ({strays}) AND NOT named.id <@ named.held
 GROUP BY 1, 2
 LIMIT 20
