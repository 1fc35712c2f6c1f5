-- Write down once per credit note what its number will freeze; it cites the number and date of what it credits.
CREATE TEMPORARY TABLE run_document ON COMMIT DROP AS
SELECT g.invoice_id, '381' AS type_code, i.customer_id, '' AS operation_code,
       jsonb_build_object(
           'seller', seller.identity, 'buyer', buyer.identity, 'deliver_to', NULL, 'notes', '[]'::jsonb, 'period', NULL,
           'preceding', jsonb_build_array(jsonb_build_object('number', s.number, 'issued_on', i.issued_on)),
           'reason', %(reason)s::text, 'process', i.frozen::jsonb ->> 'process', 'mentions', %(mentions)s::jsonb,
           'bank', seller.bank) AS frozen
  FROM run_group g
  JOIN billing_invoice i ON i.id = g.group_of
  JOIN billing_issue s ON s.invoice_id = i.id
  JOIN run_party buyer ON buyer.party_id = i.customer_id
  JOIN run_party seller ON seller.party_id = %(house)s
