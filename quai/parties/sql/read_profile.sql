-- What is said of each party, from a date.
SELECT id, party_id, from_on, name, street, street2, postcode, city, country, territory, legal_name, siren,
       vat_number, email, phone, iban, bic, customer_kind, network, act_id
  FROM parties_profile
