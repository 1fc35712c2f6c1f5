-- Digest the canonical bytes of documents, version 1 (billing/canonical.py says their form); all documents if none named.
WITH document AS (
    SELECT * FROM billing_invoice WHERE %(invoices)s::bigint[] IS NULL OR id = ANY(%(invoices)s::bigint[])
), line AS (
    SELECT l.invoice_id,
           string_agg(json_build_array(
               l.position, l.note_line_id, l.credits_id, l.product_id, l.title, l.quantity, l.retail_price::text,
               l.unit_price::text, l.discount::text, l.base::text, l.allowance::text, l.net::text, l.vat_rate::text,
               l.vat_category, l.order_reference, l.line_reference)::text, E'\n' ORDER BY l.position) AS said
      FROM billing_invoice_line l
      JOIN document d ON d.id = l.invoice_id
     GROUP BY l.invoice_id
), vat AS (
    SELECT v.invoice_id,
           string_agg(json_build_array(v.category, v.rate::text, v.base::text, v.vat::text, v.exemption)::text,
                      E'\n' ORDER BY v.category, v.rate) AS said
      FROM billing_invoice_vat v
      JOIN document d ON d.id = v.invoice_id
     GROUP BY v.invoice_id
)
SELECT d.id AS invoice_id,
       sha256(convert_to(concat_ws(E'\n',
           json_build_array(d.type_code, d.customer_id, d.issuer_id, d.issued_on, d.due_on, d.currency,
                            d.net::text, d.vat::text, d.gross::text)::text,
           d.frozen, line.said, vat.said), 'UTF8')) AS digest
  FROM document d
  LEFT JOIN line ON line.invoice_id = d.id
  LEFT JOIN vat ON vat.invoice_id = d.id
 ORDER BY d.id
