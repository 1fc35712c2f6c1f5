-- Say once per party what a document says of it: its identity and legal address on the document's day.
CREATE TEMPORARY TABLE run_party ON COMMIT DROP AS
SELECT q.party_id, p.name IS NOT NULL AS known, p.siren, p.vat_number, p.customer_kind, p.territory,
       p.street, p.postcode, p.city,
       jsonb_build_object(
           'name', p.name, 'legal_name', coalesce(nullif(p.legal_name, ''), p.name),
           'street', p.street, 'street2', p.street2, 'postcode', p.postcode, 'city', p.city, 'country', p.country,
           'siren', p.siren,
           'vat_number', CASE WHEN q.party_id = %(house)s THEN %(house_vat)s ELSE p.vat_number END, 'gln', coalesce(g.gln, ''),
           'electronic_address', coalesce(nullif(p.siren, ''), g.gln, p.email),
           'electronic_scheme', CASE WHEN p.siren <> '' THEN '0225' WHEN g.gln IS NOT NULL THEN '0088' ELSE 'EM' END
       ) AS identity,
       jsonb_build_object('iban', p.iban, 'bic', p.bic) AS bank
  FROM unnest(%(parties)s::bigint[]) AS q (party_id)
  LEFT JOIN LATERAL (SELECT * FROM parties_read_profile f
                      WHERE f.party_id = q.party_id AND f.from_on <= %(on)s
                      ORDER BY f.from_on DESC, f.id DESC LIMIT 1) p ON true
  LEFT JOIN LATERAL (SELECT CASE WHEN q.party_id = %(house)s THEN %(house_gln)s ELSE min(n.gln) END AS gln
                       FROM parties_read_gln n
                      WHERE n.party_id = q.party_id AND n.outlet_id IS NULL) g ON true
