-- The triggers in force on each of our tables.
SELECT tgrelid::regclass::text AS table_name, array_agg(tgname::text) AS triggers
  FROM pg_trigger
 WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
 GROUP BY 1
