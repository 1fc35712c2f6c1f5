-- Which party the house is.
SELECT party_id FROM parties_house
