-- Write down once per credit note what its number will freeze; it cites the number and date of what it credits, and
-- says where and when that was delivered: without it a supply within the Union has no VAT to give back (BR-IC-11).
CREATE TEMPORARY TABLE run_document ON COMMIT DROP AS
SELECT g.invoice_id, '381' AS type_code, i.customer_id, '' AS operation_code,
       jsonb_build_object(
           'seller', seller.identity, 'buyer', buyer.identity, 'notes', '[]'::jsonb, 'period', NULL,
           'deliver_to', i.frozen::jsonb -> 'deliver_to',
           'delivered_on', (SELECT max(n ->> 'departed_on') FROM jsonb_array_elements(i.frozen::jsonb -> 'notes') n),
           'preceding', jsonb_build_array(jsonb_build_object('number', s.number, 'issued_on', i.issued_on)),
           'reason', %(reason)s::text, 'process', i.frozen::jsonb ->> 'process', 'mentions', %(mentions)s::jsonb,
           'bank', seller.bank) AS frozen
  FROM run_group g
  JOIN billing_invoice i ON i.id = g.group_of
  JOIN billing_issue s ON s.invoice_id = i.id
  JOIN run_party buyer ON buyer.party_id = i.customer_id
  JOIN run_party seller ON seller.party_id = %(house)s
