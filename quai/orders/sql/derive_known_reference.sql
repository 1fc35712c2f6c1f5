-- A reference is known by the last order under it that was neither a duplicate nor left to a person.
SELECT DISTINCT ON (buyer_gln, supplier_gln, reference) buyer_gln, supplier_gln, reference, id AS order_id, received_on
  FROM orders_order
 WHERE standing IN ('accepted', 'refused')
 ORDER BY buyer_gln, supplier_gln, reference, received_on DESC, id DESC
