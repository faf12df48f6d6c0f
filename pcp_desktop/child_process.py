"""A child process with limits that is kept warm and answers one request after another; what it does is its module's.

Both sides speak the same way: a line of JSON whose `size` counts the bytes that follow it. Whatever a stranger's file
has made of the child, its answer is read as JSON and bytes, and a child that says anything else has died.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import pcp_desktop
from pcp_desktop.domain.progress import Progress

_LOOK_EVERY_SECONDS = 0.02
_OUT_OF_TIME = -signal.SIGXCPU if sys.platform == "linux" else None
Answer = tuple[dict[str, Any], bytes]


class ChildTooSlow(Exception):
    """The child did not answer within its time, or used more of the processor than it may, and was stopped."""


class ChildDied(Exception):
    """The child ended without an answer, as one does that asks for more memory than it may have."""


class Child:
    """One child process running a module; a child that died or was stopped is replaced with the next request."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process; the child may be asked again."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()

    def warm(self) -> None:
        """Start the process ahead of the first request, so that it loads what it needs meanwhile."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _started(self._module)

    def ask(
        self, request: dict[str, Any], content: bytes, progress: Progress, words: str, time_limit: float
    ) -> Answer:
        """The child's answer to a request.

        Args:
            request: anything JSON can hold; `size` is added.
            content: bytes that go with it.
            progress: asked while the child works; what it raises stops the child.
            words: what progress is told.
            time_limit: seconds after which the child is stopped.

        Raises:
            ChildTooSlow: the time limit was reached, or the child's own limit of processor time.
            ChildDied: the child ended without an answer.
            Cancelled: by `progress`.
        """
        progress(words, 0, 1)
        self.warm()
        assert self._process is not None
        exchange = _Exchange(self._process, request, content)
        try:
            exchange.wait(progress, words, time_limit)
        except BaseException:
            self.close()
            exchange.thread.join()
            raise
        if exchange.answer is None:
            process = self._process
            self.close()
            raise ChildTooSlow if process.returncode == _OUT_OF_TIME else ChildDied(self._module)
        progress(words, 1, 1)
        return exchange.answer


class _Exchange:
    """One request and its answer, on a thread so that the person can cancel meanwhile."""

    def __init__(self, process: subprocess.Popen[bytes], request: dict[str, Any], content: bytes) -> None:
        self.answer: Answer | None = None
        self._process = process
        self._request = request
        self._content = content
        self.thread = threading.Thread(target=self._run, name="child process", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        # The child died, was stopped while it worked, or spoke as no child of ours does.
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            _write(asking, self._request, self._content)
            self.answer = _read(answering)

    def wait(self, progress: Progress, words: str, time_limit: float) -> None:
        ends = time.monotonic() + time_limit
        while True:
            self.thread.join(_LOOK_EVERY_SECONDS)
            if not self.thread.is_alive():
                return
            progress(words, 0, 1)
            if time.monotonic() > ends:
                raise ChildTooSlow


def serve(
    answered: Callable[[dict[str, Any], bytes], Answer],
    memory_limit: int | None = None,
    processor_seconds: int | None = None,
) -> None:
    """In the child: answer requests until the parent closes the pipe. What libraries print goes nowhere.

    Args:
        answered: gives the answer to a request and its bytes.
        memory_limit: bytes of address space the process may have; asking for more fails inside it.
        processor_seconds: of the processor for one request; the system ends the process after that.

    The limits hold on Linux. Elsewhere the parent's time limit is the only one.
    """
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what a library prints must not enter the answers
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    if memory_limit is not None:
        _limit_memory(memory_limit)
    with reading, writing, contextlib.suppress(BrokenPipeError):
        while (request := _read(reading)) is not None:
            if processor_seconds is not None:
                _limit_time(processor_seconds)
            _write(writing, *answered(*request))


def _limit_memory(limit: int) -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    if sys.platform == "linux":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def _write(stream: Any, head: dict[str, Any], content: bytes) -> None:
    stream.write(json.dumps({**head, "size": len(content)}).encode() + b"\n")
    stream.write(content)
    stream.flush()


def _read(stream: Any) -> Answer | None:
    """The next message; None where the stream ends before its end."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    content = stream.read(head["size"])
    return (head, content) if len(content) == head["size"] else None


def _started(module: str) -> subprocess.Popen[bytes]:
    root = str(Path(pcp_desktop.__file__).resolve().parent.parent)
    search = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": search},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
