-- The head of a table's seals is its last one.
SELECT DISTINCT ON (table_name) table_name, to_tx, hash
  FROM core_seal
 ORDER BY table_name, to_tx DESC
