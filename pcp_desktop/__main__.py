"""Arguments in; a window, or one command without one."""

import sys

from pcp_desktop.cli import run


def main() -> int:
    """Run the program with the arguments it was started with; gives the exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
