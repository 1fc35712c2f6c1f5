-- Depots, and warehouses of others that work for the house.
SELECT id, code, name FROM stock_site
