-- The discount row that decides each question: the most specific one in force, and what it gives.
-- Axes that no row names are dropped first; then each pair of axes is searched once, however many lines ask it.
-- One row per customer and per title, their axes in arrays: the planner then knows how many rows each join gives.
WITH situation AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(modes)s::text[], %(operations)s::text[],
                         %(ordered_on)s::date[], %(shipped_on)s::date[])
             WITH ORDINALITY AS s (order_kind, sale_mode, operation_code, ordered_on, shipped_on, situation)
), customer AS MATERIALIZED (
    SELECT c.customer, array_agg(axis.level) AS levels, array_agg(axis.name) AS names
      FROM unnest(%(customers)s::bigint[], %(customer_days)s::date[])
           WITH ORDINALITY AS c (customer_id, on_day, customer)
      LEFT JOIN LATERAL (
           SELECT nullif(network, '') AS network FROM parties_read_profile p
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
           p.questions, p.customer_level, p.product_level, d.id, d.operation_code, d.from_on, d.ended,
           d.base, d.extra, d.method, d.free_per,
           (d.sale_mode <> '')::int + (d.order_kind <> '')::int AS mode_and_kind
      FROM pair p
      JOIN situation s USING (situation)
      JOIN terms_discount d USING (customer_axis, product_axis)
     WHERE d.operation_code IN ('', s.operation_code)
       AND d.sale_mode IN ('', s.sale_mode) AND d.order_kind IN ('', s.order_kind)
       AND d.from_on <= CASE d.price_day WHEN 'shipping' THEN s.shipped_on ELSE s.ordered_on END
     ORDER BY p.situation, p.customer_axis, p.product_axis, d.operation_code, d.sale_mode, d.order_kind,
              d.from_on DESC, d.id DESC
)
SELECT DISTINCT ON (question)
       question, id AS discount_id,
       CASE method WHEN 'points' THEN base + extra
                   ELSE round(100 - (100 - base) * (100 - extra) / 100, 2) END AS discount,
       free_per
  FROM in_force
 CROSS JOIN LATERAL unnest(questions) AS question
 WHERE NOT ended
 ORDER BY question, operation_code DESC, product_level DESC, customer_level DESC, mode_and_kind DESC,
          from_on DESC, id DESC
