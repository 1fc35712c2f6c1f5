"""`python -m quai.cli`."""

from quai.cli.app import main

main()
