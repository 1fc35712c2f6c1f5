-- Release what was issued and leave it to be rendered.
WITH waiting AS MATERIALIZED (
    SELECT invoice_id FROM billing_todo_release ORDER BY invoice_id FOR UPDATE
), taken AS (
    DELETE FROM billing_todo_release WHERE invoice_id = ANY(ARRAY(SELECT invoice_id FROM waiting)) RETURNING invoice_id
), released AS (
    INSERT INTO billing_release (act_id, invoice_id, released_at)
    SELECT %(act)s, invoice_id, %(at)s FROM taken ORDER BY invoice_id
    RETURNING invoice_id
)
INSERT INTO billing_todo_render (invoice_id) SELECT invoice_id FROM released
