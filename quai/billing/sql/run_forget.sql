-- Put away the working tables of a run, so that another may follow in the same transaction.
DROP TABLE IF EXISTS run_note, run_party, run_line, run_group, run_document, run_vat
