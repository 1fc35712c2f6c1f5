-- The most that the law lets each kind of customer be given, from a date.
SELECT id, customer_kind, from_on, percent, schoolbooks_free, source, act_id FROM terms_cap
