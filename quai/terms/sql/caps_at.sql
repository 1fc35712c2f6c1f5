-- The cap in force of each kind of customer on a day of its own.
SELECT asked.rank, c.customer_kind, c.from_on, c.percent, c.schoolbooks_free, c.source
  FROM unnest(%(kinds)s::text[], %(days)s::date[]) WITH ORDINALITY AS asked (customer_kind, on_day, rank)
 CROSS JOIN LATERAL (
       SELECT * FROM terms_cap
        WHERE customer_kind = asked.customer_kind AND from_on <= asked.on_day ORDER BY from_on DESC, id DESC LIMIT 1
       ) c
