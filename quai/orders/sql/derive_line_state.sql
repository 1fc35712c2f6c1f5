-- The copies of a line start undecided; its moves say where they are now.
SELECT l.id AS line_id, l.order_id, l.product_id, l.quantity AS ordered,
       l.quantity + coalesce(m.undecided, 0) AS undecided, coalesce(m.reserved, 0) AS reserved,
       coalesce(m.waiting, 0) AS waiting, coalesce(m.backordered, 0) AS backordered, coalesce(m.held, 0) AS held,
       coalesce(m.grouped, 0) AS grouped, coalesce(m.shipped, 0) AS shipped, coalesce(m.refused, 0) AS refused,
       coalesce(m.cancelled, 0) AS cancelled
  FROM orders_line l
  LEFT JOIN (
       SELECT line_id,
              sum(CASE 'undecided' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS undecided,
              sum(CASE 'reserved' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS reserved,
              sum(CASE 'waiting' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS waiting,
              sum(CASE 'backordered' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS backordered,
              sum(CASE 'held' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS held,
              sum(CASE 'grouped' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS grouped,
              sum(CASE 'shipped' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS shipped,
              sum(CASE 'refused' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS refused,
              sum(CASE 'cancelled' WHEN to_fate THEN quantity WHEN from_fate THEN -quantity ELSE 0 END)::int AS cancelled
         FROM orders_line_move GROUP BY line_id) m ON m.line_id = l.id
