-- What these parties owe as customers.
SELECT party_id, amount FROM accounts_debt WHERE party_id = ANY (%(parties)s::bigint[])
