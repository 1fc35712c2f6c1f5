-- What left and waits for its invoice: notes, copies, net at the prices of the notes.
WITH waiting AS MATERIALIZED (
    SELECT n.id, n.closed_on, n.carriage
      FROM warehouse_read_todo_invoice t
      JOIN warehouse_read_note n ON n.id = t.note_id
), line AS MATERIALIZED (
    SELECT l.id, l.quantity, l.price_id, CASE WHEN o.free_with_id IS NULL THEN l.discount ELSE 100 END AS discount
      FROM waiting w
      JOIN warehouse_read_note_line l ON l.note_id = w.id
      JOIN orders_read_line o ON o.id = l.line_id
), priced AS (
    SELECT l.id, l.discount, round(l.quantity * p.retail_price_net, 2) AS base
      FROM line l
      LEFT JOIN catalogue_read_price_part p ON p.price_id = l.price_id
)
SELECT (SELECT count(*) FROM waiting) AS notes,
       (SELECT coalesce(sum(quantity), 0)::bigint FROM line) AS copies,
       coalesce(sum(base - round(base * discount / 100, 2)), 0.00)
           + (SELECT coalesce(sum(carriage), 0.00) FROM waiting) AS net,
       count(DISTINCT id) FILTER (WHERE base IS NULL) AS without_price,
       (SELECT min(closed_on) FROM waiting) AS oldest_on
  FROM priced
