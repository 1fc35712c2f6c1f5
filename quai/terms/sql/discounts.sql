-- The discount row that decides each question: the most specific one in force, and what it gives.
-- Axes that no row names are dropped first; then each pair of axes is searched once, however many lines ask it.
-- One row per customer and per title, their axes in arrays: the planner then knows how many rows each join gives.
-- The house's order of search gives each criterion its weight, eight times that of the next; a cap of the law comes last.
WITH situation AS MATERIALIZED (
    SELECT s.*, 1 << 3 * (4 - coalesce(o.operation, 1)) AS operation_weight, 1 << 3 * (4 - coalesce(o.product, 2)) AS product_weight,
           1 << 3 * (4 - coalesce(o.customer, 3)) AS customer_weight, 1 << 3 * (4 - coalesce(o.mode_and_kind, 4)) AS narrow_weight
      FROM unnest(%(kinds)s::text[], %(modes)s::text[], %(operations)s::text[],
                  %(ordered_on)s::date[], %(shipped_on)s::date[])
           WITH ORDINALITY AS s (order_kind, sale_mode, operation_code, ordered_on, shipped_on, situation)
      LEFT JOIN LATERAL (
           SELECT operation, product, customer, mode_and_kind FROM terms_search_order h
            WHERE h.from_on <= s.ordered_on ORDER BY h.from_on DESC, h.id DESC LIMIT 1
           ) o ON true
), customer AS MATERIALIZED (
    SELECT c.customer, min(c.on_day) AS on_day, min(p.customer_kind) AS kind,
           array_agg(axis.level) AS levels, array_agg(axis.name) AS names
      FROM unnest(%(customers)s::bigint[], %(customer_days)s::date[])
           WITH ORDINALITY AS c (customer_id, on_day, customer)
      LEFT JOIN LATERAL (
           SELECT nullif(network, '') AS network, customer_kind FROM parties_read_profile p
            WHERE p.party_id = c.customer_id AND p.from_on <= c.on_day
            ORDER BY p.from_on DESC, p.id DESC LIMIT 1
           ) p ON true
     CROSS JOIN LATERAL (VALUES (2, 'c' || c.customer_id), (1, 'n' || p.network), (0, '*')) axis (level, name)
     WHERE EXISTS (SELECT FROM terms_discount d WHERE d.customer_axis = axis.name)
     GROUP BY c.customer
), title AS MATERIALIZED (
    SELECT t.title, array_agg(axis.level) AS levels, array_agg(axis.name) AS names
      FROM unnest(%(products)s::bigint[], %(product_days)s::date[])
           WITH ORDINALITY AS t (product_id, on_day, title)
      LEFT JOIN LATERAL (
           SELECT publisher_id, nullif(imprint, '') AS imprint, nullif(collection, '') AS collection
             FROM catalogue_read_description d
            WHERE d.product_id = t.product_id AND d.from_on <= t.on_day
            ORDER BY d.from_on DESC, d.id DESC LIMIT 1
           ) d ON true
     CROSS JOIN LATERAL (
           VALUES (4, 'p' || t.product_id), (3, 'k' || d.publisher_id || ':' || d.collection),
                  (2, 'i' || d.publisher_id || ':' || d.imprint), (1, 'u' || d.publisher_id), (0, '*')
           ) axis (level, name)
     WHERE EXISTS (SELECT FROM terms_discount d WHERE d.product_axis = axis.name)
     GROUP BY t.title
), pair AS MATERIALIZED (
    SELECT q.situation, ca.level AS customer_level, ca.name AS customer_axis, pa.level AS product_level,
           pa.name AS product_axis, array_agg(q.question) AS questions
      FROM unnest(%(asked_customers)s::int[], %(asked_titles)s::int[], %(asked_situations)s::int[])
           WITH ORDINALITY AS q (customer, title, situation, question)
      JOIN customer c USING (customer)
      JOIN title t USING (title)
     CROSS JOIN LATERAL unnest(c.levels, c.names) AS ca (level, name)
     CROSS JOIN LATERAL unnest(t.levels, t.names) AS pa (level, name)
     GROUP BY q.situation, ca.level, ca.name, pa.level, pa.name
), in_force AS MATERIALIZED (
    SELECT DISTINCT ON (p.situation, p.customer_axis, p.product_axis, d.operation_code, d.sale_mode, d.order_kind)
           p.questions, d.id, d.from_on, d.ended, d.base, d.extra, d.method, d.free_per,
           (d.operation_code <> '')::int * s.operation_weight + p.product_level * s.product_weight
           + p.customer_level * s.customer_weight
           + ((d.sale_mode <> '')::int + (d.order_kind <> '')::int) * s.narrow_weight AS weight
      FROM pair p
      JOIN situation s USING (situation)
      JOIN terms_discount d USING (customer_axis, product_axis)
     WHERE d.operation_code IN ('', s.operation_code)
       AND d.sale_mode IN ('', s.sale_mode) AND d.order_kind IN ('', s.order_kind)
       AND d.from_on <= CASE d.price_day WHEN 'shipping' THEN s.shipped_on ELSE s.ordered_on END
     ORDER BY p.situation, p.customer_axis, p.product_axis, d.operation_code, d.sale_mode, d.order_kind,
              d.from_on DESC, d.id DESC
), decided AS (
    SELECT DISTINCT ON (question)
           question, id AS discount_id,
           CASE method WHEN 'points' THEN base + extra
                       ELSE round(100 - (100 - base) * (100 - extra) / 100, 2) END AS discount,
           free_per
      FROM in_force
     CROSS JOIN LATERAL unnest(questions) AS question
     WHERE NOT ended
     ORDER BY question, weight DESC, from_on DESC, id DESC
), capped AS MATERIALIZED (
    SELECT c.customer, k.id, k.percent, k.schoolbooks_free
      FROM customer c
     CROSS JOIN LATERAL (
           SELECT id, percent, schoolbooks_free FROM terms_cap k
            WHERE k.customer_kind = c.kind AND k.from_on <= c.on_day
            ORDER BY k.from_on DESC, k.id DESC LIMIT 1
           ) k
), cap AS MATERIALIZED (
    SELECT q.question, c.id, c.percent
      FROM unnest(%(asked_customers)s::int[], %(asked_titles)s::int[])
           WITH ORDINALITY AS q (customer, title, question)
      JOIN capped c USING (customer)
      JOIN unnest(%(products)s::bigint[], %(product_days)s::date[])
           WITH ORDINALITY AS t (product_id, on_day, title) USING (title)
     WHERE NOT c.schoolbooks_free OR NOT coalesce(
           (SELECT b.schoolbook FROM catalogue_read_schoolbook b
             WHERE b.product_id = t.product_id AND b.from_on <= t.on_day
             ORDER BY b.from_on DESC, b.id DESC LIMIT 1), false)
)
SELECT d.question, d.discount_id, least(d.discount, cap.percent) AS discount, d.free_per,
       CASE WHEN cap.percent < d.discount THEN cap.id END AS cap_id
  FROM decided d
  LEFT JOIN cap USING (question)
