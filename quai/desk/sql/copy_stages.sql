-- Copies ordered, by fate.
SELECT f.stage, sum(f.copies)::bigint AS number
  FROM (SELECT sum(undecided) AS undecided, sum(reserved) AS reserved, sum(waiting) AS waiting,
               sum(backordered) AS backordered, sum(held) AS held, sum(grouped) AS grouped, sum(shipped) AS shipped,
               sum(refused) AS refused, sum(cancelled) AS cancelled
          FROM orders_read_line_state) s
 CROSS JOIN LATERAL (VALUES ('undecided', s.undecided), ('reserved', s.reserved), ('waiting', s.waiting),
                            ('backordered', s.backordered), ('held', s.held), ('grouped', s.grouped),
                            ('shipped', s.shipped), ('refused', s.refused), ('cancelled', s.cancelled)) f (stage, copies)
 WHERE f.copies > 0
 GROUP BY f.stage
 ORDER BY f.stage
