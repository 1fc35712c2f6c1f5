-- Every note with the digest of its canonical bytes, made from the rows as `canonical.py` makes it when closing.
SELECT n.id, n.number, n.closed_on,
       sha256(convert_to(concat_ws(E'\n',
           concat_ws(' ', 'note', n.id, n.shipment_id, n.customer_id, coalesce(n.outlet_id, 0), n.nature,
                     to_char(n.closed_on, 'YYYY-MM-DD'), n.carriage),
           l.lines, p.parcels), 'UTF8')) AS digest
  FROM warehouse_note n
  LEFT JOIN (SELECT note_id, string_agg(concat_ws(' ', id, line_id, product_id, owner_id, quantity,
                                                  coalesce(price_id, 0), coalesce(discount_row_id, 0), discount),
                                        E'\n' ORDER BY id) AS lines
               FROM warehouse_note_line GROUP BY note_id) l ON l.note_id = n.id
  LEFT JOIN (SELECT note_id, string_agg(concat_ws(' ', sscc, copies, expected_weight_g), E'\n' ORDER BY id) AS parcels
               FROM warehouse_parcel GROUP BY note_id) p ON p.note_id = n.id
 ORDER BY n.id
