"""What every package stands on: facts that cannot change, numbers without gaps, seals, bytes, time, money.

Owns: the kinds of table and what the database lets each do, the journal of acts, legal series and their chain,
the seals that make tampering show, the store of bytes by digest, the node and its id range.
Always true: a fact is never updated or deleted (the database refuses); a series has no gap and its dates never
go back; every stored byte has the digest it is known by.
Does not own: any noun of the book trade.
"""
