"""Booksellers' orders: every line gets its fate, and nobody waits in silence.

Owns: orders and their lines as received, the ledger of lines (which copies of a line have which fate, and why).
Always true: ordered = undecided + reserved + waiting + backordered + held + grouped + shipped + refused + cancelled;
the same order sent twice is recorded twice and prepared once; a fate changes only by a move that says why.
Does not own: copies (stock promises them), terms, how lines are prepared (warehouse), bytes (exchange).
"""
