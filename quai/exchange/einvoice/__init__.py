"""Electronic invoices: the legal document as Factur-X, a PDF/A-3 page that carries its own CII data.

Owns: the semantic invoice (EN 16931 business terms), its writing as CII, its page, its reading back, its
judging by the official rule sets.
Always true: the same invoice gives the same bytes; every amount on the page is the amount in the data; a rule
set judges what was rendered and never stands in its way.
Does not own: numbers, dates or amounts (billing computes them), storing, sending.
"""
