-- The last day on which orders of this channel were received.
SELECT max(received_on) AS day FROM orders_read_order WHERE channel = %(channel)s
