-- The first form of digest_batches.sql, kept for what was sealed by it: rows by id, so many of them a chunk.
SELECT batch, sum(facts)::bigint AS facts, sha256(string_agg(digest, ''::bytea ORDER BY chunk)) AS digest
  FROM (SELECT batch, chunk, count(*) AS facts,
               sha256(convert_to(string_agg(content, E'\n' ORDER BY id), 'UTF8')) AS digest
          FROM (SELECT id, width_bucket(tx, %(bounds)s::bigint[]) AS batch, ROW({columns})::text AS content,
                       (row_number() OVER (PARTITION BY width_bucket(tx, %(bounds)s::bigint[]) ORDER BY id) - 1)
                       / {block} AS chunk
                  FROM {table}
                 WHERE tx >= (%(bounds)s::bigint[])[1]
                   AND tx < (%(bounds)s::bigint[])[cardinality(%(bounds)s::bigint[])]) rows_
         GROUP BY batch, chunk) chunks
 GROUP BY batch
 ORDER BY batch
