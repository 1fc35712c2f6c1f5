-- Digest the facts of each batch (between two consecutive bounds of transaction ids): rows by id, chunk by chunk.
SELECT batch, sum(facts)::bigint AS facts, sha256(string_agg(digest, ''::bytea ORDER BY chunk)) AS digest
  FROM (SELECT batch, chunk, count(*) AS facts,
               sha256(convert_to(string_agg(content, E'\n' ORDER BY id), 'UTF8')) AS digest
          FROM (SELECT id, width_bucket(tx, %(bounds)s::bigint[]) AS batch, ROW({columns})::text AS content,
                       (row_number() OVER (PARTITION BY width_bucket(tx, %(bounds)s::bigint[]) ORDER BY id) - 1)
                       / {chunk} AS chunk
                  FROM {table}
                 WHERE tx >= (%(bounds)s::bigint[])[1]
                   AND tx < (%(bounds)s::bigint[])[cardinality(%(bounds)s::bigint[])]) rows_
         GROUP BY batch, chunk) chunks
 GROUP BY batch
 ORDER BY batch
