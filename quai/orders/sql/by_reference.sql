-- The orders under this reference, latest first.
SELECT id FROM orders_order WHERE reference = %(reference)s ORDER BY id DESC
