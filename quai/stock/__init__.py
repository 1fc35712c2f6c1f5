"""The ledger of copies: where every copy of every book stands, and how it got there.

Owns: sites, locations, movements, reservations and what became of them, balances of bins and of pools.
Always true: copies are neither made nor lost (each movement has two ends); nothing is promised twice
(0 <= reserved <= on_hand in a pool); a bin never goes below zero; a balance equals the sum of its movements.
A pool is what one site can sell of one title of one owner; a bin is a shelf. A promise names a pool, a pick names
a bin: otherwise a promise would block replenishment.
Does not own: why copies move (orders, warehouse, returns say so), or what they are worth.
"""
