"""Received papers read in the background while our own are set; how they are read is the reader's business."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from pcp_desktop.domain.progress import Progress
from pcp_desktop.papers.pdf_reader import PdfReader
from pcp_desktop.papers.received import CleanPaper


@dataclass(frozen=True)
class ReceivedFile:
    """A paper as it was received: the title of its section, the name of the file, and its bytes."""

    title: str
    name: str
    content: bytes


class ReadingAhead:
    """Reads files in their order on a thread of its own: first how many pages each has, then each one whole.

    Use it as a context; leaving it by an error stops the reader's child. `pages` and `paper` wait for what they are
    asked for, and raise what reading it raised.
    """

    def __init__(self, reader: PdfReader, files: Sequence[ReceivedFile], progress: Progress) -> None:
        self._reader = reader
        self._progress = _Alongside(progress)
        self._files = files
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="received papers")
        self._pages: dict[ReceivedFile, Future[int]] = {}
        self._papers: dict[ReceivedFile, Future[CleanPaper]] = {}

    @property
    def progress(self) -> Progress:
        """What the work that goes on meanwhile tells; it is told to the person as it is."""
        return self._progress

    def __enter__(self) -> ReadingAhead:
        quiet = self._progress.ask
        for file in self._files:
            self._pages[file] = self._thread.submit(self._reader.pages, file.content, file.name, quiet)
        for file in self._files:
            self._papers[file] = self._thread.submit(self._reader.received, file.content, file.name, quiet)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._reader.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def pages(self, file: ReceivedFile) -> int:
        """How many pages a file has."""
        return self._pages[file].result()

    def paper(self, file: ReceivedFile) -> CleanPaper:
        """A file as it goes into a pack."""
        return self._papers[file].result()


class _Alongside:
    """Progress of two pieces of work at once: the person is told of the first, and either may be cancelled."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told: tuple[str, int, int] | None = None

    def __call__(self, words: str, done: int, of: int) -> None:
        self._told = (words, done, of)
        self._progress(words, done, of)

    def ask(self, words: str, done: int, of: int) -> None:
        """For the work in the background: say again what was last told, which raises where it was cancelled."""
        self._progress(*(self._told or (words, done, of)))
