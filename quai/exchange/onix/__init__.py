"""Product notices in EDItEUR's ONIX for Books: in (2.1, 3.0, 3.1, long and short tags) and out (3.0).

Owns: reading bytes into `ProductNotice`s product by product, and writing them for the trade reference file.
Always true: a product that cannot be read is reported with its reference, line and reason, and hides no
other; memory does not grow with the file; no entity is expanded, nothing is fetched.
Does not own: what becomes of a notice (catalogue), or how a file travels.
"""
