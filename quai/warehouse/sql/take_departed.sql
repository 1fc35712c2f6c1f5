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
    DELETE FROM warehouse_todo_invoice t USING taken k WHERE t.note_id = k.note_id
    RETURNING t.note_id, t.customer_id, t.closed_on
)
SELECT note_id, customer_id, closed_on FROM gone ORDER BY note_id
