-- Gather the departed notes whose invoice is due by a day: where each went, and the period its account is billed by.
-- A period is due once the day has reached its end; a note of an earlier period always is.
CREATE TEMPORARY TABLE run_note ON COMMIT DROP AS
WITH departed AS MATERIALIZED (
    SELECT n.id AS note_id, n.number, n.customer_id, n.outlet_id, n.closed_on, n.carriage,
           (n.departed_at AT TIME ZONE %(zone)s)::date AS departed_on
      FROM unnest(%(notes)s::bigint[]) AS q (note_id)
      JOIN warehouse_read_note n ON n.id = q.note_id
), account AS (
    SELECT q.customer_id, q.closed_on, coalesce(own.rhythm, usual.rhythm, 'per_note') AS rhythm, p.territory
      FROM (SELECT DISTINCT customer_id, closed_on FROM departed) q
      LEFT JOIN LATERAL (SELECT a.rhythm FROM terms_read_account a
                          WHERE a.customer_id = q.customer_id AND a.from_on <= q.closed_on
                          ORDER BY a.from_on DESC, a.id DESC LIMIT 1) own ON true
      LEFT JOIN LATERAL (SELECT a.rhythm FROM terms_read_account a
                          WHERE a.customer_id IS NULL AND a.from_on <= q.closed_on
                          ORDER BY a.from_on DESC, a.id DESC LIMIT 1) usual ON true
      LEFT JOIN LATERAL (SELECT f.territory FROM parties_read_profile f
                          WHERE f.party_id = q.customer_id AND f.from_on <= q.closed_on
                          ORDER BY f.from_on DESC, f.id DESC LIMIT 1) p ON true
), outlet AS (
    SELECT q.outlet_id, q.closed_on, p.territory
      FROM (SELECT DISTINCT outlet_id, closed_on FROM departed WHERE outlet_id IS NOT NULL) q
      JOIN LATERAL (SELECT f.territory FROM parties_read_outlet_profile f
                     WHERE f.outlet_id = q.outlet_id AND f.from_on <= q.closed_on
                     ORDER BY f.from_on DESC, f.id DESC LIMIT 1) p ON true
), dated AS (
    SELECT d.note_id, d.number, d.customer_id, d.outlet_id, d.closed_on, d.departed_on, d.carriage,
           a.rhythm,
           coalesce(o.territory, a.territory, '') AS territory,
           CASE a.rhythm
           WHEN 'month' THEN date_trunc('month', d.closed_on)::date
           WHEN 'ten_days' THEN date_trunc('month', d.closed_on)::date
                                + 10 * least(2, (extract(day FROM d.closed_on)::int - 1) / 10)
           ELSE d.closed_on END AS period_from,
           CASE WHEN a.rhythm = 'ten_days' AND extract(day FROM d.closed_on) <= 20
                THEN date_trunc('month', d.closed_on)::date - 1
                     + 10 * ((extract(day FROM d.closed_on)::int + 9) / 10)
                WHEN a.rhythm IN ('ten_days', 'month')
                THEN (date_trunc('month', d.closed_on) + interval '1 month - 1 day')::date
           ELSE d.closed_on END AS period_to
      FROM departed d
      JOIN account a USING (customer_id, closed_on)
      LEFT JOIN outlet o USING (outlet_id, closed_on)
)
SELECT *,
       min(note_id) OVER (PARTITION BY customer_id, outlet_id, period_from, period_to,
                                       CASE WHEN rhythm NOT IN ('ten_days', 'month') THEN note_id END) AS first_note,
       NULL::text AS refusal
  FROM dated
 WHERE period_to <= %(until)s
