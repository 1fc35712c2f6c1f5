-- What became of promises: one with no row here is pending.
SELECT reservation_id, taken, released, reason FROM stock_resolution
