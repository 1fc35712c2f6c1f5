-- Documents that are not posted as they say, and entries posted for no document.
WITH posted AS (
    SELECT substr(e.source_key, 9)::bigint AS invoice_id, e.piece, e."on", l.party_id, l.due_on,
           l.debit - l.credit AS owed
      FROM accounts_read_entry e
      JOIN accounts_read_entry_line l ON l.entry_id = e.id
     WHERE e.source_key LIKE 'invoice:%%' AND l.party_id IS NOT NULL
), documented AS (
    SELECT i.id AS invoice_id, s.number AS piece, i.issued_on AS "on", i.customer_id AS party_id, i.due_on,
           CASE i.type_code WHEN '381' THEN - i.gross ELSE i.gross END AS owed
      FROM billing_invoice i
      JOIN billing_issue s ON s.invoice_id = i.id
     WHERE i.gross <> 0
)
SELECT coalesce(d.invoice_id, p.invoice_id) AS invoice_id,
       concat_ws(' ', d.piece, d."on", d.party_id, d.due_on, d.owed) AS expected,
       concat_ws(' ', p.piece, p."on", p.party_id, p.due_on, p.owed) AS found
  FROM documented d
  FULL JOIN posted p USING (invoice_id)
 WHERE (d.piece, d."on", d.party_id, d.due_on, d.owed) IS DISTINCT FROM (p.piece, p."on", p.party_id, p.due_on, p.owed)
