"""The command line: every verb of the house for one person at a terminal, and for scripts by `--json`.

Each command opens the house, calls one verb, prints what came of it. Exit codes: 0 done, 1 an invariant is broken,
2 bad usage or unreadable input.
"""
