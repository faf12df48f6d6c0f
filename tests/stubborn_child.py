"""A child process that does what none of ours should: sleep, calculate without end, or ask for all memory."""

from __future__ import annotations

import sys
import time
from typing import Any

from pcp_desktop.child_process import Answer, serve

MEMORY, SECONDS = 400 * 1024**2, 1


def stubborn(request: dict[str, Any], content: bytes) -> Answer:
    """Do what the request says under `do`."""
    match request.get("do"):
        case "calculate":
            while True:
                pass
        case "grow":
            try:
                return {"bytes": len(bytearray(2 * MEMORY))}, b""
            except MemoryError:
                return {"refused": True}, b""
        case "vanish":
            sys.exit(3)
        case "echo":
            return dict(request), content
        case _:
            time.sleep(60)
            return {}, b""


if __name__ == "__main__":
    serve(stubborn, MEMORY, SECONDS)
