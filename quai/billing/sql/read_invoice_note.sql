-- Which invoice covers which delivery note.
SELECT invoice_id, note_id FROM billing_invoice_note
