-- The order of search in force on a day.
SELECT operation, product, customer, mode_and_kind
  FROM terms_search_order WHERE from_on <= %(on)s
 ORDER BY from_on DESC, id DESC LIMIT 1
