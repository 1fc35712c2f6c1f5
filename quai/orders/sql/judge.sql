-- Say what becomes of lines before any copy is counted: the fate of copies that are there, and of those missing.
-- One row for all the lines of which the same is true.
WITH asked AS MATERIALIZED (
    SELECT line_id, order_id, product_id
      FROM unnest(%(lines)s::bigint[], %(orders)s::bigint[], %(products)s::bigint[]) AS a (line_id, order_id, product_id)
), meaning AS MATERIALIZED (
    SELECT *
      FROM unnest(%(codes)s::text[], %(orderings)s::text[], %(refusals)s::text[], %(absences)s::text[], %(unpublished)s::bool[])
           AS m (code, ordering, refusal, absence, unpublished)
), bought AS MATERIALIZED (
    SELECT id, customer_id, outlet_id, buyer_gln, deliver_to_gln, kind, operation_code, standing, received_on,
           earliest_on, latest_on, backorder_policy
      FROM orders_order WHERE id IN (SELECT order_id FROM asked)
), house AS MATERIALIZED (
    SELECT backorder_policy, order_minimum, whole_order_only, grouped_for_days, shipping_days, sale_mode, credit_limit
      FROM terms_read_account WHERE customer_id IS NULL AND from_on <= %(day)s
     ORDER BY from_on DESC, id DESC LIMIT 1
), account AS MATERIALIZED (
    SELECT c.customer_id,
           own.backorder_policy AS own_policy,
           house.backorder_policy AS house_policy,
           coalesce(own.order_minimum, house.order_minimum, 0) AS minimum,
           coalesce(own.whole_order_only, house.whole_order_only, false) AS whole,
           coalesce(own.grouped_for_days, house.grouped_for_days, 0) AS grouped_for_days,
           coalesce(own.shipping_days, house.shipping_days, '') AS shipping_days,
           CASE WHEN coalesce(own.sale_mode, house.sale_mode) = 'consignment' THEN NULL  -- he owes what he sells
                WHEN own.sale_mode IS NULL THEN house.credit_limit ELSE own.credit_limit END AS credit_limit,
           coalesce(profile.country, '') AS country,
           CASE WHEN coalesce(profile.customer_kind, 'unknown') = 'unknown' THEN 'unknown_account'
                WHEN hold.held THEN 'account_blocked' END AS hold
      FROM (SELECT DISTINCT customer_id FROM bought) c
      LEFT JOIN house ON true
      LEFT JOIN LATERAL (SELECT backorder_policy, order_minimum, whole_order_only, grouped_for_days, shipping_days,
                                sale_mode, credit_limit
                           FROM terms_read_account t WHERE t.customer_id = c.customer_id AND t.from_on <= %(day)s
                          ORDER BY t.from_on DESC, t.id DESC LIMIT 1) own ON true
      LEFT JOIN LATERAL (SELECT held FROM terms_read_hold h WHERE h.customer_id = c.customer_id AND h.from_on <= %(day)s
                          ORDER BY h.from_on DESC, h.id DESC LIMIT 1) hold ON true
      LEFT JOIN LATERAL (SELECT customer_kind, country FROM parties_read_profile p
                          WHERE p.party_id = c.customer_id AND p.from_on <= %(day)s
                          ORDER BY p.from_on DESC, p.id DESC LIMIT 1) profile ON true
), ordered AS MATERIALIZED (
    SELECT b.id, b.customer_id, b.earliest_on, b.kind = 'office' AS office,
           b.kind = 'urgent' OR b.operation_code = %(urgent)s AS urgent,
           b.standing = 'refused' AS not_ours,
           b.latest_on < %(day)s AS too_late,
           coalesce(a.hold, CASE WHEN b.outlet_id IS NULL AND b.deliver_to_gln NOT IN ('', b.buyer_gln)
                                      AND NOT EXISTS (SELECT FROM parties_read_gln g
                                                       WHERE g.gln = b.deliver_to_gln
                                                         AND (g.outlet_id IS NOT NULL OR g.party_id = b.customer_id))
                                 THEN 'unknown_address' END) AS hold,
           CASE WHEN coalesce(a.own_policy, 'usual') <> 'usual' THEN a.own_policy
                WHEN b.backorder_policy <> 'usual' THEN b.backorder_policy
                ELSE coalesce(nullif(a.house_policy, 'usual'), 'keep') END AS policy,
           a.minimum, a.whole, b.received_on + a.grouped_for_days AS grouped_until, a.credit_limit,
           CASE WHEN a.shipping_days <> '' THEN
                (SELECT min(day)::date FROM generate_series(%(day)s::date, %(day)s::date + 6, interval '1 day') AS w (day)
                  WHERE position(extract(isodow FROM day)::text IN a.shipping_days) > 0) END AS leaves_on,
           coalesce((SELECT f.country FROM parties_read_outlet_profile f
                      WHERE f.outlet_id = b.outlet_id AND f.from_on <= %(day)s
                      ORDER BY f.from_on DESC, f.id DESC LIMIT 1), a.country) AS country
      FROM bought b JOIN account a USING (customer_id)
), title AS MATERIALIZED (
    SELECT p.product_id, m.ordering, m.refusal, coalesce(m.absence, 'missing') AS absence,
           coalesce(m.unpublished, false) AS unpublished,
           coalesce(v.on_sale_on, CASE WHEN m.unpublished THEN v.expected_on END) AS on_sale_on,
           CASE WHEN v.expected_on > %(day)s THEN v.expected_on END AS expected_on,
           coalesce(d.publication_on, v.on_sale_on, CASE WHEN m.unpublished THEN v.expected_on END) AS publication_on,
           string_to_array(r.allowed, ' ') AS allowed, string_to_array(r.barred, ' ') AS barred,
           coalesce(r.barred_elsewhere, false) AS barred_elsewhere
      FROM (SELECT DISTINCT product_id FROM asked WHERE product_id IS NOT NULL) p
      LEFT JOIN LATERAL (SELECT code, on_sale_on, expected_on FROM catalogue_read_availability a
                          WHERE a.product_id = p.product_id AND a.from_on <= %(day)s
                          ORDER BY a.from_on DESC, a.id DESC LIMIT 1) v ON true
      LEFT JOIN meaning m ON m.code = v.code
      LEFT JOIN LATERAL (SELECT publication_on FROM catalogue_read_description d
                          WHERE (SELECT bool_or(policy = 'keep_if_new') FROM ordered)  -- looked up only when it counts
                            AND d.product_id = p.product_id AND d.from_on <= %(day)s
                          ORDER BY d.from_on DESC, d.id DESC LIMIT 1) d ON true
      LEFT JOIN LATERAL (SELECT allowed, barred, barred_elsewhere FROM catalogue_read_rights r
                          WHERE r.product_id = p.product_id AND r.from_on <= %(day)s
                          ORDER BY r.from_on DESC, r.id DESC LIMIT 1) r ON true
), judged AS (
    SELECT a.line_id, o.*, t.ordering, coalesce(t.absence, 'missing') AS absence, t.expected_on, t.publication_on, t.unpublished,
           CASE WHEN o.not_ours THEN 'not_ours'
                WHEN a.product_id IS NULL THEN
                     (SELECT CASE WHEN gtin ~ '^[0-9]{13}$' THEN 'unknown_gtin' ELSE 'not_a_gtin' END
                        FROM orders_line WHERE id = a.line_id)
                WHEN t.ordering = 'no' THEN t.refusal
                WHEN o.country = ANY (t.barred) OR t.barred_elsewhere AND o.country <> '' AND o.country <> ALL (t.allowed)
                THEN 'no_rights_there' END AS refusal,
           CASE WHEN o.office THEN NULL
                WHEN t.unpublished AND t.on_sale_on IS NULL THEN 'infinity'::date
                WHEN t.on_sale_on > %(day)s THEN t.on_sale_on END AS sale_day,
           CASE WHEN o.earliest_on > %(day)s THEN o.earliest_on END AS earliest_day
      FROM asked a JOIN ordered o ON o.id = a.order_id LEFT JOIN title t USING (product_id)
)
SELECT array_agg(line_id) AS lines,
       CASE WHEN urgent THEN 0 WHEN office THEN 1 ELSE 2 END AS turn,
       CASE WHEN refusal IS NOT NULL THEN 'refused'
            WHEN greatest(sale_day, earliest_day) IS NOT NULL THEN 'waiting'
            WHEN hold IS NOT NULL THEN 'held'
            ELSE 'reserved' END AS fate,
       CASE WHEN refusal IS NOT NULL THEN refusal
            WHEN sale_day = 'infinity' THEN 'date_unknown'
            WHEN sale_day >= earliest_day OR earliest_day IS NULL AND sale_day IS NOT NULL THEN 'not_yet_on_sale'
            WHEN earliest_day IS NOT NULL THEN 'earliest_date'
            WHEN hold IS NOT NULL THEN hold
            ELSE 'available' END AS reason,
       CASE WHEN refusal IS NULL THEN nullif(greatest(sale_day, earliest_day), 'infinity') END AS until_on,
       CASE WHEN kept THEN 'backordered' ELSE 'refused' END AS missing_fate,
       CASE WHEN kept THEN absence
            WHEN ordering = 'while_stock_lasts' THEN 'out_of_print'
            WHEN too_late THEN 'too_late'
            ELSE 'not_kept' END AS missing_reason,
       CASE WHEN kept THEN expected_on END AS missing_until,
       CASE WHEN light OR whole OR credit_limit IS NOT NULL THEN customer_id END AS customer_id,
       whole,
       CASE WHEN light THEN minimum END AS minimum,
       CASE WHEN light THEN grouped_until END AS grouped_until,
       CASE WHEN NOT urgent AND leaves_on > %(day)s THEN leaves_on END AS leaves_on,
       credit_limit
  FROM judged
 CROSS JOIN LATERAL (
       SELECT coalesce(ordering, 'yes') <> 'while_stock_lasts' AND NOT coalesce(too_late, false)
              AND (policy = 'keep' OR absence = 'print_on_demand'
                   OR policy = 'keep_if_new' AND coalesce(publication_on > %(new_since)s, unpublished, false)) AS kept,
              NOT urgent AND minimum > 0 AND grouped_until > %(day)s AS light) k
 GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
