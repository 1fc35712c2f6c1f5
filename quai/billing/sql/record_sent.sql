-- Record that renditions left by a channel, once each; their rows are locked.
WITH taken AS (
    DELETE FROM billing_todo_send WHERE invoice_id = ANY(%(invoices)s::bigint[]) RETURNING invoice_id
)
INSERT INTO billing_sending (act_id, invoice_id, channel, sent_at)
SELECT %(act)s, invoice_id, %(channel)s, %(at)s FROM taken ORDER BY invoice_id
