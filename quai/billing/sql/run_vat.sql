-- Compute VAT once per category and rate on each document's base, never as a sum over lines.
CREATE TEMPORARY TABLE run_vat ON COMMIT DROP AS
SELECT g.invoice_id, l.vat_category AS category, l.vat_rate AS rate, sum(l.base - l.allowance) AS base,
       round(sum(l.base - l.allowance) * l.vat_rate / 100, 2) AS vat, max(l.exemption) AS exemption,
       coalesce(sum(l.base - l.allowance) FILTER (WHERE l.product_id IS NULL), 0.00) AS carriage
  FROM run_line l
  JOIN run_group g USING (group_of)
 GROUP BY g.invoice_id, l.vat_category, l.vat_rate
