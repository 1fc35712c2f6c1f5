-- Record renditions not recorded yet, chained to the number of their document, and leave them to be sent.
WITH given AS (
    SELECT * FROM unnest(%(invoices)s::bigint[], %(profiles)s::text[], %(xml)s::bytea[], %(pdf)s::bytea[])
               AS g (invoice_id, profile, xml_sha256, pdf_sha256)
), waiting AS MATERIALIZED (
    SELECT t.invoice_id FROM billing_todo_render t JOIN given USING (invoice_id)
     ORDER BY t.invoice_id FOR UPDATE OF t
), taken AS (
    DELETE FROM billing_todo_render WHERE invoice_id = ANY(ARRAY(SELECT invoice_id FROM waiting)) RETURNING invoice_id
), rendered AS (
    INSERT INTO billing_rendition (act_id, invoice_id, profile, xml_sha256, pdf_sha256, hash)
    SELECT %(act)s, g.invoice_id, g.profile, g.xml_sha256, g.pdf_sha256,
           sha256(s.hash || g.xml_sha256 || g.pdf_sha256)
      FROM taken
      JOIN given g USING (invoice_id)
      JOIN billing_issue s USING (invoice_id)
     ORDER BY g.invoice_id
    RETURNING invoice_id
)
INSERT INTO billing_todo_send (invoice_id) SELECT invoice_id FROM rendered
