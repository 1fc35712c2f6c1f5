-- Lines whose amounts are not those of their quantity, price and discount; a credit is the difference of two invoices.
WITH counted AS (
    SELECT l.invoice_id, l.position, l.base, l.allowance, l.net, l.unit_price, l.discount,
           coalesce(c.before_quantity, 0) AS before, coalesce(c.after_quantity, l.quantity) AS after
      FROM billing_invoice_line l
      LEFT JOIN billing_credited c ON c.credit_line_id = l.id
), based AS (
    SELECT *, round(before * unit_price, 2) AS base_before, round(after * unit_price, 2) AS base_after FROM counted
), valued AS (
    SELECT *, base_after - base_before AS right_base,
           round(base_after * discount / 100, 2) - round(base_before * discount / 100, 2) AS right_allowance
      FROM based
)
SELECT invoice_id, position, concat_ws(' - ', right_base, right_allowance) AS expected,
       concat_ws(' - ', base, allowance) || ' = ' || net AS found
  FROM valued
 WHERE base <> right_base OR allowance <> right_allowance OR net <> base - allowance
