-- Record renditions, chained to the number of their document, and leave them to be sent; their rows are locked.
WITH given AS (
    SELECT * FROM unnest(%(invoices)s::bigint[], %(profiles)s::text[], %(xml)s::bytea[], %(pdf)s::bytea[])
               AS g (invoice_id, profile, xml_sha256, pdf_sha256)
), taken AS (
    DELETE FROM billing_todo_render WHERE invoice_id = ANY(%(invoices)s::bigint[]) RETURNING invoice_id
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
