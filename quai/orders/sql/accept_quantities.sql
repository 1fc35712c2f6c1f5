-- Record that a person accepts the quantity of these lines, each once.
INSERT INTO orders_accepted_quantity (act_id, line_id)
SELECT %(act)s, line_id FROM unnest(%(lines)s::bigint[]) AS a (line_id)
    ON CONFLICT (line_id) DO NOTHING
