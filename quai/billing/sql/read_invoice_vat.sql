-- VAT of issued documents, by rate.
SELECT id, invoice_id, category, rate, base, vat, exemption FROM billing_invoice_vat
