-- Forget what was gathered: the same transaction may prepare again.
DROP TABLE warehouse_promise, warehouse_shelf
