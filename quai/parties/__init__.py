"""Who the house deals with: publishers, booksellers, carriers, and the house itself.

Owns: parties, their GLNs, roles, outlets (delivery addresses) and dated details; which party is the house.
Always true: a GLN names one party (and at most one outlet of it); details are dated rows, never rewritten; a
wrong check digit warns and never rejects (24 of 928 real ones are wrong).
Does not own: what a customer gets and when (terms), what it owes (accounts).
"""
