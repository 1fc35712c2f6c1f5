-- All that is in force on a day of each of these products; what is not known yet is null.
SELECT p.id AS product_id, p.gtin, p.distributor_gln,
       d.id AS description_id, d.publisher_id, d.imprint, d.collection, d.title, d.subtitle, d.contributors, d.form,
       d.publication_on, d.weight_g, d.thickness_mm, d.pack_quantity, d.order_minimum, d.order_multiple,
       d.returns_code, d.last_return_on, d.successor_gtin,
       a.code AS availability, a.on_sale_on, a.expected_on, a.new_distributor_gln,
       r.id AS price_id, r.retail_price
  FROM unnest(%(products)s::bigint[]) AS asked (product_id)
  JOIN catalogue_product p ON p.id = asked.product_id
  LEFT JOIN LATERAL (
       SELECT * FROM catalogue_description
        WHERE product_id = p.id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1
       ) d ON true
  LEFT JOIN LATERAL (
       SELECT * FROM catalogue_availability
        WHERE product_id = p.id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1
       ) a ON true
  LEFT JOIN LATERAL (
       SELECT id, retail_price FROM catalogue_price
        WHERE product_id = p.id AND from_on <= %(on)s ORDER BY from_on DESC, id DESC LIMIT 1
       ) r ON true
