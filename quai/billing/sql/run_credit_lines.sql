-- Value the copies taken back: what an invoice of `after` copies would have said, less one of `before` copies.
-- So the credits of a line add up to its base, allowance and net exactly once all its copies are back.
CREATE TEMPORARY TABLE run_line ON COMMIT DROP AS
WITH asked AS (
    SELECT l.*, q.quantity AS back,
           coalesce((SELECT max(c.after_quantity) FROM billing_credited c WHERE c.line_id = l.id), 0) AS before
      FROM unnest(%(lines)s::bigint[], %(quantities)s::int[]) AS q (line_id, quantity)
      JOIN billing_invoice_line l ON l.id = q.line_id
), based AS (
    SELECT *, round(before * unit_price, 2) AS base_before, round((before + back) * unit_price, 2) AS base_after
      FROM asked
)
SELECT b.invoice_id AS group_of, b.position AS place, 1 AS part, NULL::bigint AS note_line_id, b.id AS credits_id,
       b.before AS before_quantity, b.quantity AS sold_quantity, b.customer_id, b.product_id, b.title,
       b.back AS quantity, b.retail_price, b.unit_price, b.discount, b.base_after - b.base_before AS base,
       round(b.base_after * b.discount / 100, 2) - round(b.base_before * b.discount / 100, 2) AS allowance,
       b.vat_rate, b.vat_category, v.exemption, b.order_reference, b.line_reference, '' AS operation_code
  FROM based b
  JOIN billing_invoice_vat v ON v.invoice_id = b.invoice_id AND v.category = b.vat_category AND v.rate = b.vat_rate
