-- What each party owes as a customer, VAT included.
SELECT party_id, amount FROM accounts_debt
