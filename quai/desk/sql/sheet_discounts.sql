-- The rows of discounts that decided for copies of these lines that left, and what each gave.
SELECT n.line_id, n.discount, d.id, d.customer_id, d.network, d.publisher_id, d.imprint, d.collection, d.product_id,
       d.sale_mode, d.order_kind, d.operation_code, d.from_on, d.base, d.extra, d.method, d.free_per
  FROM warehouse_read_note_line n
  JOIN terms_read_discount d ON d.id = n.discount_row_id
 WHERE n.line_id = ANY(%(lines)s::bigint[])
 ORDER BY n.line_id, n.id
