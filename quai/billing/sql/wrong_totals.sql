-- Documents whose VAT is not that of their lines, rate by rate, or whose totals are not those of their VAT.
WITH line AS (
    SELECT invoice_id, vat_category AS category, vat_rate AS rate, sum(net) AS base,
           round(sum(net) * vat_rate / 100, 2) AS vat
      FROM billing_invoice_line
     GROUP BY invoice_id, vat_category, vat_rate
), total AS (
    SELECT invoice_id, sum(base) AS net, sum(vat) AS vat FROM billing_invoice_vat GROUP BY invoice_id
)
SELECT coalesce(l.invoice_id, v.invoice_id) AS invoice_id, concat('VAT ', l.rate, v.rate) AS what,
       concat_ws(' / ', l.base, l.vat) AS expected, concat_ws(' / ', v.base, v.vat) AS found
  FROM line l
  FULL JOIN billing_invoice_vat v USING (invoice_id, category, rate)
 WHERE (l.base, l.vat) IS DISTINCT FROM (v.base, v.vat)
UNION ALL
SELECT i.id, 'net / VAT', concat_ws(' / ', t.net, t.vat), concat_ws(' / ', i.net, i.vat)
  FROM billing_invoice i
  LEFT JOIN total t ON t.invoice_id = i.id
 WHERE (i.net, i.vat) IS DISTINCT FROM (t.net, t.vat)
