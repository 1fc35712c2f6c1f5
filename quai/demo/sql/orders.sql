-- Orders by what became of them as a whole.
SELECT standing, count(*) AS number FROM orders_read_order GROUP BY standing ORDER BY standing
