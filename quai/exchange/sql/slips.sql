-- What entered under these slips so far, row by row; a slip that only became whole has one row without a title.
SELECT s.reference, s.whole, r.cells ->> 0 AS ean, r.cells ->> 1 AS place, (r.cells ->> 2)::int AS copies
  FROM exchange_slip s
  LEFT JOIN LATERAL jsonb_array_elements(s.rows) AS r (cells) ON true
 WHERE s.reference = ANY (%(references)s::text[])
