-- Each series stands at its last number.
SELECT DISTINCT ON (issuer_id, node, kind, year)
       issuer_id, node, kind, year, number AS last_number, "on" AS last_on, hash AS last_hash
  FROM core_numbered
 ORDER BY issuer_id, node, kind, year, number DESC
