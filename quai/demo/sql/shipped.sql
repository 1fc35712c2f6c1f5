-- Notes closed that day, their parcels, and the invoices issued.
SELECT (SELECT count(*) FROM warehouse_read_note WHERE closed_on = %(day)s) AS notes,
       (SELECT count(*) FROM warehouse_read_parcel p JOIN warehouse_read_note n ON n.id = p.note_id
         WHERE n.closed_on = %(day)s) AS parcels,
       (SELECT count(*) FROM billing_read_invoice WHERE issued_on = %(day)s) AS invoices
