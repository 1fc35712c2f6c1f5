-- Every note of this run, with the reason it was refused for, if it was.
SELECT note_id, number, customer_id, refusal FROM run_note ORDER BY note_id
