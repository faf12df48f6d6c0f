"""A child process that takes longer over an answer than anybody waits."""

from __future__ import annotations

import time
from typing import Any

from pcp_desktop.papers.child import Answer, serve


def slowly(request: dict[str, Any], content: bytes) -> Answer:
    """No answer for a minute."""
    time.sleep(60)
    return {}, b""


if __name__ == "__main__":
    serve(slowly)
