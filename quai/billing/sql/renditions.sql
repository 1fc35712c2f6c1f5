-- Every rendition: whether its bytes are kept, and whether its hash chains it to the number of its document.
SELECT r.invoice_id, x.id IS NOT NULL AND p.id IS NOT NULL AS stored, r.hash = sha256(s.hash || r.xml_sha256 || r.pdf_sha256) AS chained
  FROM billing_rendition r
  LEFT JOIN billing_issue s USING (invoice_id)
  LEFT JOIN core_read_blob x ON x.sha256 = r.xml_sha256
  LEFT JOIN core_read_blob p ON p.sha256 = r.pdf_sha256
