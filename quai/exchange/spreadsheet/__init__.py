"""Lists that people keep in spreadsheets: CSV files whose columns are matched by name.

Owns: what each list of the house looks like (`lists/`, one literal each), the reading of them, of slips of arrivals,
and of shelf shortages; later the way out too.
Always true: an error names its row and column, and the other rows enter; a slip enters once.
Does not own: what a row does (parties, terms, catalogue and stock have the verbs).
"""
