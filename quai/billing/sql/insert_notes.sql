-- Write which delivery notes each invoice covers: a second invoice of one note is refused by the key.
INSERT INTO billing_invoice_note (act_id, invoice_id, note_id)
SELECT %(act)s, invoice_id, group_of FROM run_group ORDER BY group_of
