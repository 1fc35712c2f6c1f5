"""Orders that arrive through Dilicom: four formats in, one neutral order out, and the reverse.

Owns: what the bytes mean (flat EDL, GENCOD V4, EANCOM D.96A ORDERS, CSV by e-mail), which format a file is
in, and the network's service messages about what we sent.
Always true: reading never raises and never waits, whatever the bytes; an order comes out whole or as a
problem, never in part; what is dropped is named in French, with its line or segment.
Does not own: the database, duplicates, which accounts and titles exist (orders says so), transport.

`read.read` reads orders, `service.read_service` reads service messages, `write.write` makes files.
"""
