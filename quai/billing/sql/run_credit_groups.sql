-- One credit note per invoice corrected, in the order of the invoices; nothing is written for one of zero.
CREATE TEMPORARY TABLE run_group ON COMMIT DROP AS
SELECT group_of, nextval(pg_get_serial_sequence('billing_invoice', 'id')) AS invoice_id
  FROM (SELECT group_of FROM run_line GROUP BY group_of HAVING sum(base - allowance) > 0 ORDER BY group_of) ordered
