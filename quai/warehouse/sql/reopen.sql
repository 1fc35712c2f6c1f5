-- Write that these notes are taken back; they no longer wait for the truck.
WITH reopened AS (
    INSERT INTO warehouse_reopening (act_id, note_id) SELECT %(act)s, id FROM unnest(%(notes)s::bigint[]) AS g (id)
)
DELETE FROM warehouse_todo_depart WHERE note_id = ANY(%(notes)s::bigint[])
