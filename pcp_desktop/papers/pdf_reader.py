"""Reads received PDFs and draws pages in a limited child process, so that no file can take the program with it."""

from __future__ import annotations

import hashlib
import io
from types import TracebackType
from typing import Any

import pikepdf

from pcp_desktop.child_process import Child, ChildDied, ChildTooSlow
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.papers.received import CleanPaper, Reading

TIME_LIMIT_SECONDS = 120.0
MOST_PAPERS_KEPT = 24
_NOT_ADDED = "It was not added to the pack."


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


class PdfReader:
    """One child process that reads file after file; it keeps what it said of a received paper, by its bytes."""

    def __init__(self) -> None:
        self._child = Child("pcp_desktop.papers.pdf_child")
        self._kept: dict[tuple[str, str], CleanPaper] = {}

    def __enter__(self) -> PdfReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the child; the reader may be used again."""
        self._child.close()

    def pages(self, content: bytes, name: str, progress: Progress = unwatched) -> int:
        """How many pages a received paper has, without reading it whole; raises as `received`."""
        kept = self._kept.get(_key(content, name))
        if kept is not None:
            return kept.pages
        return int(self._told({"what": "pages", "name": name}, content, progress, name)[0]["pages"])

    def received(self, content: bytes, name: str, progress: Progress = unwatched) -> CleanPaper:
        """What a received paper is, and its clean copy, as `read_received` says; read once for the same bytes.

        Raises:
            UserError: it cannot stand in a pack, or took more memory or time than the program allows.
            Cancelled: by `progress`.
        """
        key = _key(content, name)
        if key not in self._kept:
            answer, clean = self._told({"what": "received", "name": name}, content, progress, name)
            self._kept[key] = _paper(answer["paper"], clean)
            if len(self._kept) > MOST_PAPERS_KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[key]

    def page_picture(self, content: bytes, page: int, width: int, progress: Progress = unwatched) -> bytes:
        """A page (from 0) of a PDF as a PNG of a width in pixels.

        Raises UserError where the child could not draw it, and Cancelled by `progress`.
        """
        digest = hashlib.sha256(content).hexdigest()
        request = {"what": "picture", "digest": digest, "page": page, "width": width}
        answer, picture = self._ask(request, b"", progress, "Drawing the page", "The page")
        if "unknown" in answer:
            _answer, picture = self._ask(request, content, progress, "Drawing the page", "The page")
        return picture

    def _told(
        self, request: dict[str, Any], content: bytes, progress: Progress, name: str
    ) -> tuple[dict[str, Any], bytes]:
        """What the child says of a received paper, or its refusal raised."""
        answer, clean = self._ask(request, content, progress, f"Reading {name}", name)
        if "refused" in answer:
            raise UserError(*answer["refused"])
        if "too large" in answer:
            raise _too_much(name)
        return answer, clean

    def _ask(
        self, request: dict[str, Any], content: bytes, progress: Progress, words: str, name: str
    ) -> tuple[dict[str, Any], bytes]:
        try:
            return self._child.ask(request, content, progress, words, TIME_LIMIT_SECONDS)
        except (ChildDied, ChildTooSlow):
            raise _too_much(name) from None


def _key(content: bytes, name: str) -> tuple[str, str]:
    return hashlib.sha256(content).hexdigest(), name


def _too_much(name: str) -> UserError:
    return UserError(
        f"“{name}” could not be read: reading it needed more memory or time than the program allows.",
        _NOT_ADDED,
        "Ask the sender for the paper again as a PDF, made anew from its source.",
    )


def _paper(fields: dict[str, Any], content: bytes) -> CleanPaper:
    return CleanPaper(
        **{
            **fields,
            "content": content,
            "reading": Reading(fields["reading"]),
            "shortcomings": tuple(fields["shortcomings"]),
            "taken_out": tuple(fields["taken_out"]),
        }
    )
