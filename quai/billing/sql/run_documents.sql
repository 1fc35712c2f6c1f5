-- Write down once per invoice what its number will freeze: parties, where it went, notes, period, mentions.
-- The delivery address is said when it is not the buyer's own.
CREATE TEMPORARY TABLE run_document ON COMMIT DROP AS
WITH covered AS (
    SELECT g.invoice_id, n.customer_id, n.outlet_id, n.rhythm, n.period_from, n.period_to,
           jsonb_agg(jsonb_build_object('number', n.number, 'departed_on', n.departed_on) ORDER BY n.note_id) AS notes
      FROM run_group g
      JOIN run_note n ON n.note_id = g.group_of
     GROUP BY g.invoice_id, n.customer_id, n.outlet_id, n.rhythm, n.period_from, n.period_to
), operation AS (
    SELECT g.invoice_id,
           CASE WHEN min(l.operation_code) = max(l.operation_code) THEN min(l.operation_code) ELSE '' END AS code
      FROM run_line l
      JOIN run_group g USING (group_of)
     GROUP BY g.invoice_id
), outlet AS (
    SELECT q.outlet_id, p.street, p.postcode, p.city,
           jsonb_build_object('name', p.name, 'street', p.street, 'street2', p.street2, 'postcode', p.postcode,
                              'city', p.city, 'country', p.country, 'gln', coalesce(g.gln, '')) AS address
      FROM (SELECT DISTINCT outlet_id FROM covered WHERE outlet_id IS NOT NULL) q
      JOIN LATERAL (SELECT * FROM parties_read_outlet_profile f
                     WHERE f.outlet_id = q.outlet_id AND f.from_on <= %(on)s
                     ORDER BY f.from_on DESC, f.id DESC LIMIT 1) p ON true
      LEFT JOIN LATERAL (SELECT min(n.gln) AS gln FROM parties_read_gln n
                          WHERE n.party_id = p.party_id AND n.outlet_id = q.outlet_id) g ON true
)
SELECT c.invoice_id, '380' AS type_code, c.customer_id, o.code AS operation_code,
       jsonb_build_object(
           'seller', seller.identity, 'buyer', buyer.identity,
           'deliver_to', CASE WHEN (a.street, a.postcode, a.city) IS DISTINCT FROM
                                   (buyer.street, buyer.postcode, buyer.city) THEN a.address END,
           'notes', c.notes,
           'period', CASE WHEN c.rhythm IN ('ten_days', 'month')
                          THEN jsonb_build_object('from_on', c.period_from, 'to_on', c.period_to) END,
           'preceding', '[]'::jsonb, 'reason', '', 'process', %(process)s::text,
           'mentions', %(mentions)s::jsonb, 'bank', seller.bank) AS frozen
  FROM covered c
  JOIN operation o USING (invoice_id)
  JOIN run_party buyer ON buyer.party_id = c.customer_id
  JOIN run_party seller ON seller.party_id = %(house)s
  LEFT JOIN outlet a ON a.outlet_id = c.outlet_id
