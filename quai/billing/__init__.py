"""Invoices and credit notes: issued, numbered without a gap, chained, never changed.

Owns: documents and their lines, their numbers' facts, and the stages issued -> released -> rendered -> sent.
Always true: a note is invoiced at most once; line net = round(quantity x PPHT, 2) - round(base x discount, 2); VAT is
computed once per rate on the document's base; a document's frozen fields give its digest for ever; nothing
unreleased is shown, printed or sent; no copy is credited twice, and the credits of a line add up to it exactly.
Does not own: entries (accounts), the XML and PDF (exchange/einvoice), what was delivered (warehouse).
"""
