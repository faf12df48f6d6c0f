"""Runs Typst on our own templates with data handed over as data; what is on a page belongs to its writer."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import pikepdf

from pcp_desktop.child_process import Child, ChildDied, ChildTooSlow
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.paths import resource

STANDARDS = ("ua-1", "a-2a")
TIME_LIMIT_SECONDS = 180.0
PICTURE_PPI = 192.0
MOST_PAPERS_KEPT = 48
_NO_GLYPH = "could not be displayed"


class Typesetter:
    """A compiler that stays warm for several papers, and keeps the papers that it has set.

    A paper that is asked for again with the same template, data and date is given as it was, without setting it
    again; so a pack is rebuilt in the time of the one paper that changed.
    """

    def __init__(self) -> None:
        self._child = Child("pcp_desktop.papers.typst_child")
        self._kept: dict[str, bytes] = {}
        self._templates = ""

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the compiler; the papers are kept, and it starts again when another one is asked for."""
        self._child.close()

    def warm(self) -> None:
        """Start the compiler ahead of the first paper."""
        self._child.warm()

    def pdf(
        self,
        template: str,
        data: Mapping[str, Any],
        *,
        timestamp: datetime,
        progress: Progress = unwatched,
        words: str = "Setting the pages",
        time_limit: float = TIME_LIMIT_SECONDS,
        amend: Callable[[pikepdf.Pdf], None] | None = None,
    ) -> bytes:
        """As the module's `pdf`. `amend` may depend on nothing but the template and the data."""
        job, text = _job(template, data, "pdf", timestamp, standards=STANDARDS)
        key = self._key(job, text)
        if key in self._kept:
            progress(words, 1, 1)
            self._kept[key] = self._kept.pop(key)  # the one asked for longest ago is dropped first
            return self._kept[key]
        content = finished(_run(self._child, job, text, progress, words, time_limit), amend)
        self._kept[key] = content
        if len(self._kept) > MOST_PAPERS_KEPT:
            del self._kept[next(iter(self._kept))]
        return content

    def picture(self, template: str, data: Mapping[str, Any], kind: str, *, progress: Progress = unwatched) -> bytes:
        """A one-page template as a picture; `kind` is "png" (at 192 dots an inch) or "svg". Raises as `pdf` does."""
        job, text = _job(template, data, kind, datetime(1970, 1, 1, tzinfo=UTC))
        return _run(self._child, job, text, progress, "Drawing the picture", TIME_LIMIT_SECONDS)

    def _key(self, job: Mapping[str, Any], text: bytes) -> str:
        """One name for everything that a paper is made of: its job, its data and every template."""
        self._templates = self._templates or _hash_of_templates()
        parts = (json.dumps(job, sort_keys=True).encode(), text, self._templates.encode())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


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
    with Typesetter() as typesetter:
        return typesetter.pdf(
            template, data, timestamp=timestamp, progress=progress, words=words, time_limit=time_limit, amend=amend
        )


def picture(template: str, data: Mapping[str, Any], kind: str, *, progress: Progress = unwatched) -> bytes:
    """As `Typesetter.picture`, for one picture."""
    with Typesetter() as typesetter:
        return typesetter.picture(template, data, kind, progress=progress)


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
) -> tuple[dict[str, Any], bytes]:
    """The job as the child process reads it, and its data."""
    zoned = timestamp if timestamp.tzinfo is not None else timestamp.replace(tzinfo=UTC)
    job = {
        "template": str(resource(f"typst/{template}")),
        "root": str(resource("typst")),
        "fonts": str(resource("fonts")),
        "format": kind,
        "standards": list(standards),
        "timestamp": int(zoned.timestamp()),
        "ppi": PICTURE_PPI,
    }
    return job, json.dumps(data, ensure_ascii=False, allow_nan=False).encode()


def _hash_of_templates() -> str:
    """All templates as they are on the disk: a paper is made of its own and of those that it imports."""
    files = sorted(resource("typst").glob("*.typ"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _run(child: Child, job: dict[str, Any], data: bytes, progress: Progress, words: str, time_limit: float) -> bytes:
    """The compiled bytes of one job."""
    try:
        answer, content = child.ask(job, data, progress, words, time_limit)
    except ChildTooSlow:
        raise UserError(
            f"Setting the pages took more than {time_limit:.0f} seconds and was stopped.",
            "No file was written and nothing has changed.",
            "Close other programs and try again.",
        ) from None
    except ChildDied as error:
        raise RuntimeError(f"Typst ended without an answer while setting {job['template']}") from error
    _refuse(answer)
    return content


def _refuse(answer: Mapping[str, Any]) -> None:
    """Raise on any error or warning of the compiler."""
    message = str(answer["error"])
    if _NO_GLYPH in message:
        raise UserError(
            f"A text on the page has a character that the papers’ font does not have: {message.splitlines()[0]}.",
            "No file was written and nothing has changed.",
            "Replace the character in the plan, label or commentary where it stands.",
        )
    if message:
        raise RuntimeError(f"Typst: {message} {' '.join(answer['hints'])}")
    if answer["warnings"]:
        raise RuntimeError(f"Typst warned: {'; '.join(answer['warnings'])}")
