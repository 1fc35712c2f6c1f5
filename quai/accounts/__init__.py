"""The ledger of money: entries that balance, and what they add up to.

Owns: accounts (French chart, as data), journals, entries and their lines.
Always true: every entry has lines and balances to the cent (the database refuses anything else); an entry once
posted never changes; what caused it is posted once (source_key); what a customer owes is the sum of its lines.
Does not own: why money is due (billing, settlement), or copies.
"""
