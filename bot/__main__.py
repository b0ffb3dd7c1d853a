"""`python -m bot` and the console script `ruhu`."""

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from bot.cli.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
