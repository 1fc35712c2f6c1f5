"""What the house can do, measured beside what the machine can do.

Owns: the works of docs/reference (one module per family), the home of the measured house under var/bench.
Always true: a figure is the median of repeated runs, its limit is measured in turn with it, and a work first proves
that what went in came out. Time never fails a run: machines are shared; a wrong result does.
"""
