-- What each of these accounts owes, with what it is engaged for; a statement of its own once that is locked, so that what
-- was invoiced while we waited is read in both.
SELECT c.customer_id, coalesce(e.net, 0) + coalesce(d.amount, 0) AS owed
  FROM unnest(%(customers)s::bigint[]) AS c (customer_id)
  LEFT JOIN orders_engaged e USING (customer_id)
  LEFT JOIN accounts_read_debt d ON d.party_id = c.customer_id
