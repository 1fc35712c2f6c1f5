-- Write that these shipments were fetched, and what was not found; one with no copies at all is closed thereby.
WITH short AS (
    INSERT INTO warehouse_shortage (act_id, pick_id, missing)
    SELECT %(act)s, pick_id, missing
      FROM unnest(%(picks)s::bigint[], %(missing)s::int[]) AS m (pick_id, missing)
), fetched AS (
    INSERT INTO warehouse_fetched (act_id, shipment_id, copies)
    SELECT %(act)s, shipment_id, copies
      FROM unnest(%(shipments)s::bigint[], %(copies)s::int[]) AS f (shipment_id, copies)
    RETURNING shipment_id, copies
)
UPDATE warehouse_wave_state w SET closed = w.closed + e.shipments
  FROM (SELECT s.wave_id, count(*) AS shipments
          FROM fetched f JOIN warehouse_shipment s ON s.id = f.shipment_id
         WHERE f.copies = 0
         GROUP BY s.wave_id) e
 WHERE w.wave_id = e.wave_id
