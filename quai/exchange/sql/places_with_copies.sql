-- Places of the house where copies are kept, by their codes.
SELECT code, id FROM stock_read_location
 WHERE code = ANY(%(codes)s::text[]) AND kind IN ('bulk', 'pick', 'returns')
