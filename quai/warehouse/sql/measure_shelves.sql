-- Measure what was gathered, so that what reads it is planned for its true size.
ANALYZE warehouse_shelf
