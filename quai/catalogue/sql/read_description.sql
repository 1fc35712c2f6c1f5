-- What each title is, from a date.
SELECT id, product_id, from_on, publisher_id, imprint, collection, title, subtitle, contributors, form,
       publication_on, weight_g, thickness_mm, pack_quantity, order_minimum, order_multiple, returns_code,
       last_return_on, successor_gtin, search, act_id
  FROM catalogue_description
