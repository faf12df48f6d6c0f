"""Runs Typst on our own templates with data handed over as data; what is on a page belongs to its writer."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pikepdf

import pcp_desktop
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.paths import resource

STANDARDS = ("ua-1", "a-2a")
TIME_LIMIT_SECONDS = 180.0
PICTURE_PPI = 192.0
_LOOK_EVERY_SECONDS = 0.05
_NO_GLYPH = "could not be displayed"


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    timestamp: datetime,
    progress: Progress = unwatched,
    words: str = "Setting the pages",
    time_limit: float = TIME_LIMIT_SECONDS,
    amend: Callable[[pikepdf.Pdf], None] | None = None,
) -> bytes:
    """A tagged PDF/UA-1 and PDF/A-2a file, identical byte for byte for the same input.

    Args:
        template: a file of resources/typst ("dashboard.typ").
        data: what the template reads from `sys.inputs.data`; it is never read as markup.
        timestamp: the date of the document; without a zone it is taken as UTC.
        progress: is asked while the compiler works; a Cancelled it raises kills the compiler.
        words: what progress is told.
        time_limit: seconds after which the compiler is stopped.
        amend: what is still to be done to the document before it is saved.

    Raises:
        UserError: the text has a character that the papers' font lacks, or the time limit was reached.
        Cancelled: by `progress`.
        RuntimeError: the template is wrong, or the compiler warned of anything.
    """
    job = _job(template, data, "pdf", timestamp, standards=STANDARDS)
    return finished(_run(job, progress, words, time_limit), amend)


def picture(template: str, data: Mapping[str, Any], kind: str, *, progress: Progress = unwatched) -> bytes:
    """A one-page template as a picture; `kind` is "png" (at 192 dots an inch) or "svg". Raises as `pdf` does."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return _run(_job(template, data, kind, epoch), progress, "Drawing the picture", TIME_LIMIT_SECONDS)


def finished(content: bytes, amend: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """The PDF, amended, with an identifier made from its content; pages and structure tree are carried over whole."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        # False is what its absence means, and some readers take a false that is written out for a mistake.
        if not document.Root.MarkInfo.get("/Suspects", False) and "/Suspects" in document.Root.MarkInfo:
            del document.Root.MarkInfo["/Suspects"]
        if amend is not None:
            amend(document)
        document.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


def _job(
    template: str, data: Mapping[str, Any], kind: str, timestamp: datetime, standards: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The job as the child process reads it."""
    zoned = timestamp if timestamp.tzinfo is not None else timestamp.replace(tzinfo=UTC)
    return {
        "template": str(resource(f"typst/{template}")),
        "root": str(resource("typst")),
        "fonts": str(resource("fonts")),
        "data": json.dumps(data, ensure_ascii=False, allow_nan=False),
        "format": kind,
        "standards": list(standards),
        "timestamp": int(zoned.timestamp()),
        "ppi": PICTURE_PPI,
    }


def _run(job: Mapping[str, Any], progress: Progress, words: str, time_limit: float) -> bytes:
    """Run one job in a child process that does not outlive this call."""
    environment = dict(os.environ)
    package_parent = str(Path(pcp_desktop.__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package_parent, environment.get("PYTHONPATH", ""))))
    progress(words, 0, 1)
    with (
        tempfile.TemporaryFile() as given,
        subprocess.Popen(
            [sys.executable, "-m", "pcp_desktop.papers.typst_child"],
            stdin=_filled(given, json.dumps(job).encode()),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as child,
    ):
        try:
            written, errors = _watched(child, progress, words, time_limit)
        finally:
            if child.poll() is None:
                child.kill()
    if child.returncode != 0:
        raise RuntimeError(f"Typst ended with {child.returncode}: {errors.decode(errors='replace')[-2000:]}")
    head, _, content = written.partition(b"\n")
    _refuse(json.loads(head))
    progress(words, 1, 1)
    return content


def _filled(given: IO[bytes], content: bytes) -> IO[bytes]:
    """A file with the job, to be read from its start.

    Not a pipe: Python 3.11 forgets the unwritten rest of a pipe's input when `communicate` is asked a second time.
    """
    given.write(content)
    given.flush()
    given.seek(0)
    return given


def _watched(
    child: subprocess.Popen[bytes], progress: Progress, words: str, time_limit: float
) -> tuple[bytes, bytes]:
    """Wait for the child, asking `progress` meanwhile, for at most `time_limit` seconds."""
    ends = time.monotonic() + time_limit
    while True:
        try:
            return child.communicate(timeout=_LOOK_EVERY_SECONDS)
        except subprocess.TimeoutExpired:
            progress(words, 0, 1)
            if time.monotonic() > ends:
                raise UserError(
                    f"Setting the pages took more than {time_limit:.0f} seconds and was stopped.",
                    "No file was written and nothing has changed.",
                    "Close other programs and try again.",
                ) from None


def _refuse(answer: Mapping[str, Any]) -> None:
    """Raise on any error or warning of the compiler."""
    message = str(answer["error"])
    if _NO_GLYPH in message:
        raise UserError(
            f"A text on the page has a character that the papers' font does not have: {message.splitlines()[0]}.",
            "No file was written and nothing has changed.",
            "Replace the character in the plan, label or commentary where it stands.",
        )
    if message:
        raise RuntimeError(f"Typst: {message} {' '.join(answer['hints'])}")
    if answer["warnings"]:
        raise RuntimeError(f"Typst warned: {'; '.join(answer['warnings'])}")
