-- Give each invoice to be its id, in the order of its first note; only notes that this run could take.
CREATE TEMPORARY TABLE run_group ON COMMIT DROP AS
WITH taken AS (
    SELECT n.note_id, n.first_note FROM run_note n WHERE n.note_id = ANY(%(notes)s::bigint[])
), invoice AS (
    SELECT first_note, nextval(pg_get_serial_sequence('billing_invoice', 'id')) AS invoice_id
      FROM (SELECT DISTINCT first_note FROM taken ORDER BY first_note) ordered
)
SELECT t.note_id AS group_of, i.invoice_id FROM taken t JOIN invoice i USING (first_note)
