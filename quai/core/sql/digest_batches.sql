-- Digest the facts of each batch (between two consecutive bounds of transaction ids): rows by id, in blocks of ids.
SELECT batch, sum(facts)::bigint AS facts, sha256(string_agg(digest, ''::bytea ORDER BY block)) AS digest
  FROM (SELECT width_bucket(tx, %(bounds)s::bigint[]) AS batch, id / {block} AS block, count(*) AS facts,
               sha256(convert_to(string_agg(ROW({columns})::text, E'\n' ORDER BY id), 'UTF8')) AS digest
          FROM {table}
         WHERE tx >= (%(bounds)s::bigint[])[1]
           AND tx < (%(bounds)s::bigint[])[cardinality(%(bounds)s::bigint[])]
         GROUP BY 1, 2) blocks
 GROUP BY batch
 ORDER BY batch
