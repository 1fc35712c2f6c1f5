-- Invoiced notes that should not be, or whose lines are not all on their invoice, each with its own quantity.
WITH delivered AS (
    SELECT c.invoice_id, c.note_id, l.id AS note_line_id, l.quantity
      FROM billing_invoice_note c
      JOIN warehouse_read_note_line l ON l.note_id = c.note_id
), billed AS (
    SELECT invoice_id, note_line_id, min(quantity) AS least, max(quantity) AS most
      FROM billing_invoice_line
     WHERE note_line_id IS NOT NULL
     GROUP BY invoice_id, note_line_id
), wrong AS (
    SELECT coalesce(d.note_id, 0) AS note_id, d.quantity::text AS expected,
           concat_ws('-', b.least, b.most) AS found
      FROM delivered d
      FULL JOIN billed b USING (invoice_id, note_line_id)
     WHERE d.quantity IS DISTINCT FROM b.least OR d.quantity IS DISTINCT FROM b.most
)
SELECT n.number, 'a sale that left' AS expected,
       concat_ws(' ', n.nature, CASE WHEN n.departed_at IS NULL THEN 'here' END, CASE WHEN n.reopened THEN 'reopened' END)
           AS found
  FROM billing_invoice_note c
  JOIN warehouse_read_note n ON n.id = c.note_id
 WHERE n.nature <> 'sale' OR n.departed_at IS NULL OR n.reopened
UNION ALL
SELECT coalesce(n.number, 'no note'), w.expected, w.found
  FROM wrong w
  LEFT JOIN warehouse_read_note n ON n.id = w.note_id
