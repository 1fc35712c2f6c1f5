-- The payment terms in force of each question: the customer's or the default, and those of the operation.
SELECT q.question, usual.days, usual.month_end, usual.fixed_day, usual.shift_days,
       own.id AS operation_id, own.days AS operation_days, own.month_end AS operation_month_end,
       own.fixed_day AS operation_fixed_day, own.shift_days AS operation_shift_days
  FROM unnest(%(customers)s::bigint[], %(operations)s::text[], %(days)s::date[])
       WITH ORDINALITY AS q (customer_id, operation_code, on_day, question)
  LEFT JOIN LATERAL (
       SELECT * FROM (
              (SELECT * FROM terms_payment
                WHERE customer_id = q.customer_id AND operation_code = '' AND from_on <= q.on_day
                ORDER BY from_on DESC, id DESC LIMIT 1)
              UNION ALL
              (SELECT * FROM terms_payment
                WHERE customer_id IS NULL AND operation_code = '' AND from_on <= q.on_day
                ORDER BY from_on DESC, id DESC LIMIT 1)
              ) own_or_default
        WHERE NOT ended ORDER BY customer_id IS NULL LIMIT 1
       ) usual ON true
  LEFT JOIN LATERAL (
       SELECT * FROM (
              (SELECT * FROM terms_payment
                WHERE customer_id = q.customer_id AND operation_code = q.operation_code AND from_on <= q.on_day
                ORDER BY from_on DESC, id DESC LIMIT 1)
              UNION ALL
              (SELECT * FROM terms_payment
                WHERE customer_id IS NULL AND operation_code = q.operation_code AND from_on <= q.on_day
                ORDER BY from_on DESC, id DESC LIMIT 1)
              ) own_or_default
        WHERE NOT ended ORDER BY customer_id IS NULL LIMIT 1
       ) own ON q.operation_code <> ''
