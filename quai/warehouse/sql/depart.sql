-- Write that the truck left with these notes, and leave those of sales to billing.
WITH gone AS (
    INSERT INTO warehouse_departure (act_id, note_id, carrier_id, departed_at)
    SELECT %(act)s, n.id, w.carrier_id, %(at)s
      FROM unnest(%(notes)s::bigint[]) AS g (id)
      JOIN warehouse_note n ON n.id = g.id
      JOIN warehouse_shipment s ON s.id = n.shipment_id
      JOIN warehouse_wave w ON w.id = s.wave_id
     ORDER BY n.id
), due AS (
    INSERT INTO warehouse_todo_invoice (note_id, customer_id, closed_on)
    SELECT id, customer_id, closed_on
      FROM warehouse_note
     WHERE id = ANY(%(notes)s::bigint[]) AND nature = 'sale'
     ORDER BY id
)
DELETE FROM warehouse_todo_depart WHERE note_id = ANY(%(notes)s::bigint[])
