-- Lines of delivery notes, with the price and discount rows that decided.
SELECT id, tx, act_id, note_id, line_id, product_id, owner_id, quantity, price_id, discount_row_id, discount
  FROM warehouse_note_line
