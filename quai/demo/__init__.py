"""A made-up house and one day of its business, by the same doors as real life.

Owns: names, parties, titles and orders drawn from a seed at three sizes; the day's files with their usual troubles;
the day itself, step by step; its summary. Also the data of the benchmarks.
Always true: the same seed and size give the same house; the day can be cut anywhere and played again to the same end.
Does not own: any rule of the trade.
"""
