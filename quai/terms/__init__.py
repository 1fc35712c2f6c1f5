"""Who gets what, when: every usage that differs between houses is a dated row here, never code.

Owns: discounts, their legal caps and the order they are searched in, account terms (backorder policy, invoicing
rhythm, minimum, credit limit, shipping days), payment terms, holds, VAT by territory.
Always true: the row that decides is the most specific one in force, ties are refused when entered; changing a
term never changes a past line, which keeps the row that decided it.
Does not own: public prices (catalogue), amounts due (accounts).
"""
