-- Every number of every series, in order.
SELECT issuer_id, node, kind, year, number, text, "on", digest, previous, hash
  FROM core_numbered
 ORDER BY issuer_id, node, kind, year, number
