-- What one copy of these lines was worth when first ready, for those that were estimated.
SELECT line_id, net FROM orders_estimate WHERE line_id = ANY (%(lines)s::bigint[])
