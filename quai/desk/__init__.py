"""What crosses packages for the people of the house: founding it, seeing how it stands, showing one document.

Owns: the founding of a house, the counts by stage, the sheet of a document with its links and timeline.
Always true: it only calls verbs and answers of the packages below; it has no table of its own.
Does not own: any rule of the trade.
"""
