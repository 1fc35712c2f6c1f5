-- Parcels whose SSCC is not eighteen digits with a right check digit (weights 3 and 1 from the right).
SELECT id, sscc
  FROM (SELECT id, sscc,
               (SELECT sum(substr(sscc, n, 1)::int * CASE WHEN n % 2 = 1 THEN 3 ELSE 1 END)
                  FROM generate_series(1, 18) AS n) AS total
          FROM warehouse_parcel
         WHERE sscc ~ '^[0-9]{18}$') p
 WHERE total % 10 <> 0
UNION ALL
SELECT id, sscc FROM warehouse_parcel WHERE sscc !~ '^[0-9]{18}$'
 LIMIT 20
