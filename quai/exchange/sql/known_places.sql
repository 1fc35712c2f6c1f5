-- Which of these codes are places already.
SELECT code FROM stock_read_location WHERE code = ANY(%(codes)s::text[])
