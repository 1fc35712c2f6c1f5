-- Of lines with many copies to decide, those past the ceiling of their account that no person has accepted, and the free
-- copies they earn.
WITH asked AS MATERIALIZED (
    SELECT line_id, order_id, quantity
      FROM unnest(%(lines)s::bigint[], %(orders)s::bigint[], %(quantities)s::int[]) AS a (line_id, order_id, quantity)
), ceiling AS MATERIALIZED (
    SELECT c.customer_id, coalesce(own.quantity_ceiling, house.quantity_ceiling, %(usual)s) AS copies
      FROM (SELECT DISTINCT customer_id FROM orders_order WHERE id IN (SELECT order_id FROM asked)) c
      LEFT JOIN LATERAL (SELECT quantity_ceiling FROM terms_read_account t
                          WHERE t.customer_id = c.customer_id AND t.from_on <= %(day)s
                          ORDER BY t.from_on DESC, t.id DESC LIMIT 1) own ON true
      LEFT JOIN LATERAL (SELECT quantity_ceiling FROM terms_read_account t
                          WHERE t.customer_id IS NULL AND t.from_on <= %(day)s
                          ORDER BY t.from_on DESC, t.id DESC LIMIT 1) house ON true
), absurd AS MATERIALIZED (
    SELECT a.line_id, a.order_id
      FROM asked a
      JOIN orders_order o ON o.id = a.order_id
      JOIN ceiling c ON c.customer_id = o.customer_id
     WHERE a.quantity > c.copies
       AND NOT EXISTS (SELECT FROM orders_accepted_quantity q WHERE q.line_id = a.line_id)
)
SELECT line_id FROM absurd
 UNION
SELECT l.id FROM absurd a JOIN orders_line l ON l.order_id = a.order_id AND l.free_with_id = a.line_id
