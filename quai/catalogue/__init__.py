"""The titles: what they are, what they cost and from when, whether they can be had.

Owns: products, their dated descriptions, prices (with one part per VAT rate), availability and sales rights, which
are schoolbooks, raw notices.
Always true: a product is one (GTIN, distributor GLN); every price is dated and a future one takes effect by
itself; nothing known of a title is rewritten, a new dated row says what is true from then.
Does not own: who may have it at what discount (terms), how many copies there are (stock).
"""
