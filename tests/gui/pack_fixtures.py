"""A panel file with one meeting's pack, whose agenda is kept in memory and whose pages are blank pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import (
    Agenda,
    AgendaItem,
    Exemption,
    GeneratedPaper,
    ItemKind,
    Meeting,
    PublishedPack,
    ReceivedPaper,
)
from pcp_desktop.domain.packs import PackPage
from pcp_desktop.domain.pages import ReturnsPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress
from pcp_desktop.papers import pack_page
from pcp_desktop.papers.publication import deadline
from pcp_desktop.papers.readiness import PackState, PaperInPack, readiness
from tests.gui.fake_panel import MEETING, QUARTER, FakePanel

MINUTES, URGENT, DECLARATIONS, UPDATE, REPORT, COMPLAINT = range(1, 7)
PAPER = ReceivedPaper("update.pdf", "0" * 64, 10, datetime(2016, 2, 26))
ITEMS = (
    AgendaItem(MINUTES, ItemKind.STANDING, "Minutes of the previous meeting"),
    AgendaItem(URGENT, ItemKind.STANDING, "Urgent items"),
    AgendaItem(DECLARATIONS, ItemKind.STANDING, "Declarations of interest"),
    AgendaItem(UPDATE, ItemKind.RECEIVED, "Change programme", "Chief Constable"),
    AgendaItem(
        REPORT, ItemKind.GENERATED, "Performance report", "Commissioner", generated=GeneratedPaper.PERFORMANCE_REPORT
    ),
    AgendaItem(COMPLAINT, ItemKind.VERBAL, "Complaint", exemption=Exemption(1, "An individual", "It outweighs.")),
)
TODAY = date(2016, 2, 26)
PAGES_EACH = 2


class PackPanel(FakePanel):
    """`agendas` are those that were written, the last one being the one that holds."""

    def __init__(self, items: tuple[AgendaItem, ...] = ITEMS) -> None:
        super().__init__(Path("panel.pcp"))
        self.agendas = [Agenda(MEETING, items)]
        self.attached: list[tuple[int, Path]] = []
        self.meetings: dict[Period, Meeting] = {QUARTER: MEETING}
        self.frozen: PublishedPack | None = None
        self.built: set[tuple[Audience, int]] = set()
        self.on_build: Callable[[Progress], None] = lambda _progress: None

    @property
    def titles(self) -> list[str]:
        return [item.title for item in self.agendas[-1].items]

    def meeting(self, period: Period) -> Meeting | None:
        return self.meetings.get(period)

    def add_meeting(self, meeting: Meeting) -> Changes:
        self.meetings[meeting.latest_period] = replace(meeting, number=1)
        return Changes("Meeting added.", meetings=True)

    def change_meeting(self, meeting: Meeting) -> Changes:
        self.agendas.append(replace(self.agendas[-1], meeting=meeting))
        return Changes("Meeting changed.", meetings=True)

    def write_agenda(self, agenda: Agenda) -> Changes:
        following = max(item.key for item in agenda.items) + 1
        items = tuple(item if item.key else replace(item, key=following) for item in agenda.items)
        self.agendas.append(replace(agenda, items=items))
        return Changes("Agenda changed.", meetings=True)

    def receive_paper(self, meeting: int, item: int, paper: Path, *, progress: Progress) -> Changes:
        progress(f"Reading {paper.name}", 0, 1)
        self.attached.append((item, paper))
        items = self.agendas[-1].items
        received = tuple(replace(one, paper=PAPER) if one.key == item else one for one in items)
        self.agendas.append(replace(self.agendas[-1], items=received))
        return Changes("Paper received.", meetings=True)

    def pack_page(self, meeting: int, audience: Audience) -> PackPage:
        self.calls.append(f"pack {audience}")
        agenda = self.agendas[-1]
        built = (audience, len(self.agendas)) in self.built or self.frozen is not None
        papers = self._papers(agenda) if built else {}
        state = PackState(
            audience, agenda, deadline(agenda.meeting.day, TODAY), ReturnsPage(QUARTER, (), (), ""), papers=papers
        )
        numbers = tuple(range(1, max(paper.last_page for paper in papers.values()) + 1)) if built else ()
        lines = () if self.frozen else readiness(state)
        return pack_page.build(state, lines, page_numbers=numbers, published=self.frozen)

    def _papers(self, agenda: Agenda) -> dict[int, PaperInPack]:
        keys = [0, *(item.key for item in agenda.items if item.kind is ItemKind.GENERATED or item.paper is not None)]
        return {key: PaperInPack(1 + at * PAGES_EACH, (at + 1) * PAGES_EACH) for at, key in enumerate(keys)}

    def build_pack(self, meeting: int, audience: Audience, progress: Progress) -> PackPage:
        self.calls.append(f"build {audience}")
        self.on_build(progress)
        self.built.add((audience, len(self.agendas)))
        return self.pack_page(meeting, audience)

    def page_picture(self, meeting: int, audience: Audience, page: int, width: int) -> bytes:
        self.calls.append(f"page {page}")
        image = QImage(width, round(width * 1.41), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no QBuffer here
        return bytes(data.data())

    def draft_pack(self, meeting: int, audience: Audience, out: Path, progress: Progress) -> Path:
        out.write_bytes(b"%PDF")
        return out

    def publish(self, meeting: int, by: str, progress: Progress) -> Changes:
        self.calls.append(f"publish {by}")
        moment = datetime(2016, 3, 15, 10)
        self.frozen = PublishedPack(0, Audience.PUBLIC, "pack.pdf", "ab" * 32, 1, 6, moment, by, "")
        return Changes("Published “pack.pdf”.", meetings=True)
