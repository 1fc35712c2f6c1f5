-- What is said of each delivery address, from a date.
SELECT p.id, p.outlet_id, o.party_id, p.from_on, p.name, p.street, p.street2, p.postcode, p.city, p.country,
       p.territory, p.round_code, p.act_id
  FROM parties_outlet_profile p
  JOIN parties_outlet o ON o.id = p.outlet_id
