-- Put these notes among those that wait for the truck, and count their shipments as closed.
WITH waiting AS (
    INSERT INTO warehouse_todo_depart (note_id) SELECT * FROM unnest(%(notes)s::bigint[])
)
UPDATE warehouse_wave_state w SET closed = w.closed + e.shipments
  FROM (SELECT wave_id, count(*) AS shipments
          FROM warehouse_shipment WHERE id = ANY(%(shipments)s::bigint[])
         GROUP BY wave_id) e
 WHERE w.wave_id = e.wave_id
