"""The one door to the background: a single thread that owns the panel file, and answers on the main thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from pcp_desktop.errors import Cancelled, UserError

if TYPE_CHECKING:
    from pcp_desktop.domain.progress import Progress

T = TypeVar("T")

CURSOR_AFTER = 0.3  # seconds without any sign
BAR_AFTER = 0.5  # from here on the work says what it does, how far it is, and can be cancelled
STOP_PATIENCE = 10.0  # seconds that closing waits for work to notice that it was cancelled


@dataclass(frozen=True)
class Busy:
    """What the window shows of running work; `bar` is False while only the cursor says it. `of` 0: no count."""

    words: str
    done: int
    of: int
    bar: bool
    cancellable: bool


class Job:
    """One piece of work that was started; `cancel()` asks it to stop at its next step."""

    def __init__(self, words: str, title: str, cancellable: bool, replaces: str) -> None:
        self.words = words
        self.title = title
        self.cancellable = cancellable
        self.replaces = replaces
        self.dropped = False
        self.progress: tuple[str, int, int] = (words, 0, 0)
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._cancelled.is_set()


@dataclass(frozen=True)
class _Order:
    job: Job
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[UserError], None] | None
    cancelled: Callable[[], None] | None


@dataclass(frozen=True)
class _Answer:
    order: _Order
    result: Any = None
    error: BaseException | None = None


class Jobs(QObject):
    """Runs work one piece after another on one background thread.

    Signals, all on the main thread: `busy` with a Busy or None; `refused` with a UserError and a title when the
    starter did not take it itself; `broken` with any other exception, which is a bug.
    """

    busy = Signal(object)
    refused = Signal(object, str)
    broken = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._open: list[Job] = []
        self._running_since = 0.0
        self._stopped = False
        self._answered.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self)
        self._watch.setInterval(100)
        self._watch.timeout.connect(self._tell)
        self._thread = threading.Thread(target=self._serve, name="panel file", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether nothing is running or waiting."""
        return not self._open

    def start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        words: str,
        title: str = "",
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        cancellable: bool = True,
        replaces: str = "",
    ) -> Job:
        """Run `work(progress)` in the background and hand its result to `done` on the main thread.

        `words` say what is being done ("Reading the workbook"), `title` heads an error dialog. `failed` takes a
        UserError instead of the dialog. Of jobs with the same `replaces` only the latest answers; the others are
        dropped. After `stop()` nothing is run and no answer comes.
        """
        job = Job(words, title, cancellable, replaces)
        if self._stopped:
            job.dropped = True
            return job
        for earlier in self._open:
            if replaces and earlier.replaces == replaces:
                earlier.dropped = True
                earlier.cancel()
        if not self._open:
            self._running_since = time.monotonic()
            self._watch.start()
        self._open.append(job)
        self._orders.put(_Order(job, work, done, failed, cancelled))
        return job

    def cancel(self) -> bool:
        """Cancel the running and waiting work that may be cancelled; whether there was any."""
        found = [job for job in self._open if job.cancellable]
        for job in found:
            job.cancel()
        return bool(found)

    def stop(self, last: Callable[[], None] | None = None) -> bool:
        """Cancel what may be cancelled, do what may not and `last` (close the panel file), and end the thread.

        Waits at most ten seconds; True when the thread has ended.
        """
        if not self._stopped:
            self._stopped = True
            for job in self._open:
                job.dropped = True
                if job.cancellable:
                    job.cancel()
            self._open.clear()
            self._watch.stop()
            self.busy.emit(None)
            if last is not None:
                closing = Job("Closing", "", False, "")
                self._orders.put(_Order(closing, lambda _progress: last(), lambda _none: None, None, None))
            self._orders.put(None)
        self._thread.join(STOP_PATIENCE)
        return not self._thread.is_alive()

    # -- in the background thread

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            answer = self._run(order)
            if not self._stopped:
                self._answered.emit(answer)

    def _run(self, order: _Order) -> _Answer:
        if order.job.is_cancelled:
            return _Answer(order, error=Cancelled())
        try:
            return _Answer(order, result=order.work(_Reporter(order.job)))
        except BaseException as error:  # noqa: BLE001 - it is shown to the person on the main thread
            return _Answer(order, error=error)

    # -- on the main thread

    @Slot(object)
    def _take_answer(self, answer: _Answer) -> None:
        job = answer.order.job
        if job in self._open:
            self._open.remove(job)
        self._running_since = time.monotonic()
        if not self._open:
            self._watch.stop()
            self.busy.emit(None)
        if job.dropped or self._stopped:
            return
        match answer.error:
            case None:
                answer.order.done(answer.result)
            case Cancelled():
                if answer.order.cancelled is not None:
                    answer.order.cancelled()
            case UserError() as error:
                if answer.order.failed is not None:
                    answer.order.failed(error)
                else:
                    self.refused.emit(error, job.title or "This could not be done")
            case error:
                self.broken.emit(error)

    @Slot()
    def _tell(self) -> None:
        if not self._open:
            return
        taken = time.monotonic() - self._running_since
        if taken >= CURSOR_AFTER:
            words, done, of = self._open[0].progress
            self.busy.emit(Busy(words, done, of, taken >= BAR_AFTER, self._open[0].cancellable))


class _Reporter:
    """Progress as the work sees it: notes how far it is, and raises Cancelled when it was asked to stop."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, words: str, done: int, of: int) -> None:
        if self._job.is_cancelled:
            raise Cancelled
        self._job.progress = (words, done, of)
