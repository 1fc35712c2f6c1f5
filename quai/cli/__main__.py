"""`python -m quai.cli`."""

import sys


def main() -> None:
    """Run a command; Ctrl+C while the software itself is being read is told like any other."""
    try:
        from quai.cli import app
    except KeyboardInterrupt:
        sys.exit(130)
    app.main()


main()
