"""Orders of packs for the tests: the sample meeting's agenda, its received papers and a short paper of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from pcp_desktop.domain import plan_file
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import Agenda
from pcp_desktop.domain.progress import Progress
from pcp_desktop.papers.dashboard import set_dashboard
from pcp_desktop.papers.pack import OwnPaper, PackOrder, PaperSource, ReceivedFile
from pcp_desktop.papers.typst import Typesetter
from pcp_desktop.paths import resource, sample_workbooks
from tests.papers.sample_pages import MOMENT, overview_page, pages_of

BODY = "Leicester, Leicestershire and Rutland Police and Crime Panel"
VICTIMS, CHANGE, REPORT, COMPLAINT = 5, 6, 7, 8
WITHHELD = 3
Papers = Mapping[int, Sequence[PaperSource]]


@cache
def sample_agenda() -> Agenda:
    """The agenda of the plan's first meeting that has one, its items with keys as the panel file gives them."""
    contents = plan_file.load(resource("plans/2013-17.json").read_text(encoding="utf-8"))
    agenda = next(one for one in contents.agendas if one.items)
    return replace(agenda, items=tuple(replace(item, key=key) for key, item in enumerate(agenda.items, start=1)))


def received(name: str) -> bytes:
    """A received paper of the sample quarter."""
    return (sample_workbooks() / "received" / name).read_bytes()


def victim_services() -> ReceivedFile:
    """The tagged paper."""
    name = "victim services update.pdf"
    return ReceivedFile("Victim services update", name, received(name))


def force_change() -> ReceivedFile:
    """The paper without tags."""
    name = "force change programme update.pdf"
    return ReceivedFile("Force change programme update", name, received(name))


def complaint() -> ReceivedFile:
    """The paper of the exempt item."""
    name = "complaint referral.pdf"
    return ReceivedFile("Complaint about the Commissioner: referral", name, received(name))


def short_dashboard() -> OwnPaper:
    """A dashboard of one theme and one priority."""
    overview = replace(overview_page(), themes=overview_page().themes[:1], notes=())

    def set_from(first: int, typesetter: Typesetter, progress: Progress) -> bytes:
        return set_dashboard(
            overview,
            pages_of("SP12"),
            timestamp=MOMENT,
            typesetter=typesetter,
            progress=progress,
            item="Item 7, Appendix A",
            first_page=first,
        )

    return OwnPaper("Appendix A: partnership dashboard", set_from)


def order(
    audience: Audience = Audience.PUBLIC,
    *,
    agenda: Agenda | None = None,
    papers: Papers | None = None,
    moment: datetime = MOMENT,
) -> PackOrder:
    """The sample meeting's pack, with the exempt paper where it may be."""
    usual: dict[int, Sequence[PaperSource]] = {
        VICTIMS: [victim_services()],
        CHANGE: [force_change()],
        REPORT: [short_dashboard()],
    }
    if audience is not Audience.PUBLIC:
        usual[COMPLAINT] = [complaint()]
    chosen = usual if papers is None else papers
    return PackOrder(BODY, agenda or sample_agenda(), audience, moment, chosen, {COMPLAINT: WITHHELD})
