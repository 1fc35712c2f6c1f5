-- Whether each title can be had, from a date (ONIX list 65).
SELECT id, product_id, from_on, code, on_sale_on, expected_on, new_distributor_gln, act_id FROM catalogue_availability
