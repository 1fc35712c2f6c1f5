-- Those of these products that are schoolbooks on a day.
SELECT asked.product_id
  FROM unnest(%(products)s::bigint[]) AS asked (product_id)
 CROSS JOIN LATERAL (
       SELECT schoolbook FROM catalogue_schoolbook
        WHERE product_id = asked.product_id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1
       ) s
 WHERE s.schoolbook
