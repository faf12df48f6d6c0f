"""Who saw held figures, copied them or took them out of the file: as the change log keeps it and a page lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pcp_desktop.domain.clearance import Recipient


class Access(StrEnum):
    """What was done with held figures."""

    SHOWN = "Shown"
    COPIED = "Copied"
    SAVED = "Saved"


@dataclass(frozen=True)
class HeldFigures:
    """The held figures in one thing that is shown, copied or saved.

    `form` says what it is ("Chart as a picture"), `measures` whose figures it holds (codes), `periods` in words over
    which, `count` how many there are. `file` is the name of the file that it becomes; empty where it becomes none.
    """

    form: str
    measures: tuple[str, ...]
    periods: str
    count: int
    file: str = ""


@dataclass(frozen=True)
class HeldAccess:
    """One entry of the change log about held figures; `by` is a role."""

    access: Access
    what: HeldFigures
    at: datetime
    by: str


@dataclass(frozen=True)
class ToldRow:
    """Someone who was told figures before release; `standing` says whether access lasts, and `ended` whether not."""

    recipient: Recipient
    priority: str
    label: str
    told: str
    expires: str
    standing: str
    ended: bool


@dataclass(frozen=True)
class AccessRow:
    """One time that held figures were shown, copied or saved, in words."""

    when: str
    by: str
    what: str
    measures: str
    periods: str
    count: str
    file: str


@dataclass(frozen=True)
class ToldPage:
    """Who has been told what: recipients in the order of their access's end, then every access, newest first."""

    recipients: tuple[ToldRow, ...]
    accesses: tuple[AccessRow, ...]
    scope: str
