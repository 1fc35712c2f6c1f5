-- Lines and copies by fate; a line that splits counts under each of its fates.
SELECT f.fate, count(*) AS lines, sum(f.copies)::bigint AS copies
  FROM orders_read_line_state s
 CROSS JOIN LATERAL (VALUES ('undecided', s.undecided), ('reserved', s.reserved), ('waiting', s.waiting),
                            ('backordered', s.backordered), ('held', s.held), ('grouped', s.grouped),
                            ('shipped', s.shipped), ('refused', s.refused), ('cancelled', s.cancelled)) f (fate, copies)
 WHERE f.copies > 0
 GROUP BY f.fate
