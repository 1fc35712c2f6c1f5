-- The rendition of a document, if it has one.
SELECT profile, xml_sha256, pdf_sha256 FROM billing_rendition WHERE invoice_id = %(invoice)s
