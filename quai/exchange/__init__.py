"""The house's letter box: bytes in and out, one folder per channel, all alike.

Owns: the archive of everything received, what came of it, and the formats.
Always true: raw bytes are archived before anything is read; the same bytes twice are one message; a message is done
when each thing in it has an outcome.
Does not own: what an order or a product means (the channel calls the domain's verbs).
"""
