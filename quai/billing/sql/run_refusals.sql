-- Say of each note why it cannot be invoiced, if it cannot; a note is also refused when its invoice would be of zero.
WITH priced AS (
    SELECT group_of AS note_id, bool_or(unit_price IS NULL OR unit_price <= 0) AS without_price,
           bool_or(vat_rate IS NULL) AS without_vat, bool_or(vat_category = 'K') AS to_the_union,
           bool_or(vat_rate <> ALL(%(rates)s::numeric[])) AS without_account,
           sum(base - allowance) AS net
      FROM run_line
     GROUP BY group_of
), judged AS (
    SELECT n.note_id, n.first_note, p.net,
           CASE WHEN NOT b.known THEN 'missing_buyer'
                WHEN b.territory IN ('mainland', 'corsica', 'overseas') AND b.customer_kind <> 'private'
                     AND b.siren = '' THEN 'missing_siren'
                WHEN p.without_price THEN 'missing_price'
                WHEN p.without_vat THEN 'missing_territory_vat'
                WHEN p.without_account THEN 'missing_account'
                WHEN p.to_the_union AND b.vat_number = '' THEN 'missing_vat_number'
                END AS refusal
      FROM run_note n
      JOIN run_party b ON b.party_id = n.customer_id
      LEFT JOIN priced p USING (note_id)
), weighed AS (
    SELECT note_id, refusal,
           sum(net) FILTER (WHERE refusal IS NULL) OVER (PARTITION BY first_note) AS net
      FROM judged
)
UPDATE run_note n
   SET refusal = coalesce(w.refusal, 'nothing_due')
  FROM weighed w
 WHERE w.note_id = n.note_id AND (w.refusal IS NOT NULL OR coalesce(w.net, 0) = 0)
