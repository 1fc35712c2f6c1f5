-- Where each title may be sold, from a date.
SELECT id, product_id, from_on, allowed, barred, barred_elsewhere, act_id FROM catalogue_rights
