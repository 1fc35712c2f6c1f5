-- The document of this number.
SELECT invoice_id FROM billing_issue WHERE number = %(number)s
