-- Lines of orders, free copies included.
SELECT id, order_id, position, product_id, gtin, quantity, line_reference, free_with_id FROM orders_line
