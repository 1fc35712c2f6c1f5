-- Give documents their numbers and leave them to be released.
WITH issued AS (
    INSERT INTO billing_issue (act_id, invoice_id, number, hash)
    SELECT %(act)s, invoice_id, number, hash
      FROM unnest(%(invoices)s::bigint[], %(numbers)s::text[], %(hashes)s::bytea[]) AS n (invoice_id, number, hash)
    RETURNING invoice_id
)
INSERT INTO billing_todo_release (invoice_id) SELECT invoice_id FROM issued
