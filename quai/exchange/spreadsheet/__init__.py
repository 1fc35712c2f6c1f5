"""Lists that people keep in spreadsheets: CSV files whose columns are matched by name.

Owns: the reading of stock arrivals and of shelf shortages; later every list of the house, in and out.
Always true: an error names its row and column, and the other rows enter.
Does not own: what a row does (stock and warehouse have the verbs).
"""
