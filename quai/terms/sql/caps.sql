-- These caps of the law.
SELECT id, customer_kind, from_on, percent, schoolbooks_free, source FROM terms_cap WHERE id = ANY (%(caps)s::bigint[])
