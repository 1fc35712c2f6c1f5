-- Every change of fate of every line, in the order it happened.
SELECT id, act_id, line_id, from_fate, to_fate, quantity, reason, until_on, source_key FROM orders_line_move
