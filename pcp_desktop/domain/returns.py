"""Returns: what partners are expected to send, what came, and a review of it before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import Period, add_months, last_day, quarter_number
from pcp_desktop.domain.recognition import Answer, Recognition


@dataclass(frozen=True)
class Organisation:
    """A partner that sends returns."""

    name: str


class ReturnState(StrEnum):
    """How far an expected return has come."""

    EXPECTED = "expected"
    MISSING = "missing"
    RECEIVED = "received"
    CHECKED = "checked"
    QUERIED = "queried"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class ExpectedReturn:
    """A workbook that a partner owes for a quarter.

    `measures` are the codes it should hold, `board` the governing board that clears them and `board_meets` its
    meeting date. `holds_figures` is False for a return kept as received (finance, commissioning).
    """

    code: str
    title: str
    organisation: str
    period: Period
    due: date
    measures: tuple[str, ...]
    board: str
    board_meets: date | None = None
    holds_figures: bool = True


def moved_on(expected: ExpectedReturn, quarter: Period) -> ExpectedReturn:
    """The same return as it is owed for another quarter: due as long after it, its board's meeting not known yet."""
    months = (quarter.end.year - expected.period.end.year) * 12 + quarter.end.month - expected.period.end.month
    first = add_months(expected.due.replace(day=1), months)
    due = first.replace(day=min(expected.due.day, last_day(first).day))
    code = re.sub(r"-\d{4}-q[1-4]\Z", "", expected.code)
    year = quarter.end.year if quarter_number(quarter.end) < 4 else quarter.end.year - 1
    own = f"{code}-{year}-q{quarter_number(quarter.end)}"
    return replace(expected, code=own, period=quarter, due=due, board_meets=None)


@dataclass(frozen=True)
class ReceivedFile:
    """A file as it was received; its bytes are kept in the panel file under its SHA-256.

    `illustrative` names the sheets whose figures the file says are illustrative, each with how much of them is.
    """

    name: str
    sha256: str
    size: int
    received: datetime
    illustrative: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReturnRecord:
    """What became of one expected return, for the board of returns.

    `expected` is None for a workbook that nobody expected. `history` are dated lines, newest first.
    """

    expected: ExpectedReturn | None
    state: ReturnState
    file: ReceivedFile | None = None
    accepted: datetime | None = None
    figures: int = 0
    history: tuple[tuple[datetime, str], ...] = ()


class Severity(StrEnum):
    """How much a finding matters: an error is not stored, a warning is to be looked at."""

    ERROR = "error"
    WARNING = "warning"
    QUESTION = "question"
    INFORMATION = "information"


@dataclass(frozen=True)
class Finding:
    """Something about a workbook that a person should know, with the cell it is about where there is one."""

    severity: Severity
    sheet: str
    cell: str
    message: str


class Change(StrEnum):
    """What accepting a staged value would do."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class StagedFigure:
    """One staged observation beside what is stored for the same key, with what the checks said of it.

    `reopens` says that accepting it changes a figure that its board has cleared, so that it needs clearing again.
    """

    observation: Observation
    change: Change
    stored: Observation | None = None
    findings: tuple[Finding, ...] = ()
    reopens: bool = False


@dataclass(frozen=True)
class Review:
    """A workbook as it would be accepted. Nothing of it is written until a person accepts it.

    `content` is the received file's bytes. `expected_code` is the expected return it answers (None: unexpected).
    `figures` are in the order errors, to look at, revised, new, unchanged. `sheets` are the displayed texts of the
    sheets that figures came from (name -> rows), for showing a figure among its neighbours. `findings` are about
    the workbook as a whole. `illustrative` is as in ReceivedFile. `recognition` is how the workbook was understood
    and what is still to be answered; `given` are the answers to be remembered when it is accepted.
    """

    file: str
    sha256: str
    content: bytes
    organisation: str | None
    period: Period | None
    expected_code: str | None
    figures: tuple[StagedFigure, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    already_accepted: bool = False
    illustrative: tuple[tuple[str, str], ...] = ()
    recognition: Recognition = field(default_factory=Recognition)
    given: tuple[Answer, ...] = ()

    def counted(self, change: Change) -> int:
        """How many figures the review holds of one change."""
        return sum(1 for figure in self.figures if figure.change is change)
