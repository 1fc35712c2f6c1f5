-- Take notes of sales off the list of those to invoice, the oldest first.
WITH taken AS MATERIALIZED (
    SELECT note_id
      FROM warehouse_todo_invoice
     WHERE closed_on <= %(until)s
       AND (%(notes)s::bigint[] IS NULL OR note_id = ANY(%(notes)s::bigint[]))
     ORDER BY note_id
     LIMIT %(limit)s
       FOR UPDATE
), gone AS (
    -- An array, not a join: on stale statistics a join scans the list once per note.
    DELETE FROM warehouse_todo_invoice WHERE note_id = ANY(ARRAY(SELECT note_id FROM taken))
    RETURNING note_id, customer_id, closed_on
)
SELECT note_id, customer_id, closed_on FROM gone ORDER BY note_id
