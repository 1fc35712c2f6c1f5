-- Every rendition and whether its hash chains it to the number of its document.
SELECT r.invoice_id, r.xml_sha256, r.pdf_sha256, r.hash = sha256(s.hash || r.xml_sha256 || r.pdf_sha256) AS chained
  FROM billing_rendition r
  LEFT JOIN billing_issue s USING (invoice_id)
