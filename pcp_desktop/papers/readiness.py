"""What stands in the way of a pack, what there is to decide and what is done; pure over pages that are built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.clearance_page import ClearanceGroup, ClearancePage, ClearanceRow
from pcp_desktop.domain.commentary import CommentaryPage, FigureState
from pcp_desktop.domain.formats import counted, listed
from pcp_desktop.domain.meetings import EXEMPT_INFORMATION, Agenda, AgendaItem, GeneratedPaper, ItemKind
from pcp_desktop.domain.packs import Deadline, ReadinessLine, Standing
from pcp_desktop.domain.pages import ClearanceShown, MeasureRow, PriorityPage, ReturnRow, ReturnsPage

AGENDA = "packs"
"""The page of the links that lead to an item of the agenda; its subject is the item's key."""
STANDING_ITEMS = (
    ("Minutes", ("minutes",)),
    ("Declarations of interest", ("declaration",)),
    ("Urgent items", ("urgent",)),
)
_MOST_NAMED = 6

Lines = Iterator[ReadinessLine]


@dataclass(frozen=True)
class PaperInPack:
    """An item's paper as the pack holds it: its pages, and of a received one why it is not accessible."""

    first_page: int
    last_page: int
    not_accessible: str = ""


@dataclass(frozen=True)
class PackState:
    """All that the readiness list is made from.

    `commentaries`, `rows` (those listed on the overview) and `priorities` are built for `audience`, but commentary
    for the working view, which sees every figure, and so is `clearance`. `papers` are by the items' keys, and empty
    until the pack is set. `hidden` are the measures that have small numbers to hide, each with the years and areas
    of its counts that the pack prints as [c].
    """

    audience: Audience
    agenda: Agenda
    deadline: Deadline
    returns: ReturnsPage
    commentaries: Sequence[CommentaryPage] = ()
    rows: Sequence[MeasureRow] = ()
    priorities: Sequence[PriorityPage] = ()
    papers: Mapping[int, PaperInPack] = field(default_factory=dict)
    clearance: ClearancePage | None = None
    hidden: Sequence[tuple[str, str]] = ()

    @property
    def has_report(self) -> bool:
        """Whether the performance report is on the agenda; without it nothing of the figures is printed."""
        return any(item.generated is GeneratedPaper.PERFORMANCE_REPORT for item in self.agenda.items)

    @property
    def report_item(self) -> int:
        """The key of the report's item; 0 without one."""
        return next((item.key for item in self.agenda.items if item.generated), 0)


def readiness(state: PackState) -> tuple[ReadinessLine, ...]:
    """Every line of the list: first what stops publication, then what to decide, then what is done."""
    checks = (*_ON_AGENDA, *(_ON_REPORT if state.has_report else (_no_report,)))
    found = [line for check in checks for line in check(state)]
    stopped = any(line.standing is Standing.STOPS for line in found)
    found += _publication_date(state.deadline, stopped)
    return tuple(line for standing in Standing for line in found if line.standing is standing)


# ---------------------------------------------------------------- the agenda and its papers


def _awaited_papers(state: PackState) -> Lines:
    received = [item for item in state.agenda.items if item.kind is ItemKind.RECEIVED]
    for item in received:
        if item.paper is None:
            yield ReadinessLine(
                Standing.STOPS,
                f"The paper of item {_number(state, item)} has not been received",
                f"“{item.title}” has no paper yet. Attach it, or take the item off the agenda.",
                _place(state, item),
                "Attach",
                (AGENDA, str(item.key)),
                item.key,
            )
    if received and all(item.paper is not None for item in received):
        yield ReadinessLine(Standing.DONE, f"{counted(len(received), 'received paper')} attached")


def _accessible_papers(state: PackState) -> Lines:
    received = [
        item
        for item in state.agenda.items
        if item.kind is ItemKind.RECEIVED and item.key in state.papers and item.may_be_read_by(state.audience)
    ]
    for item in received:
        paper = state.papers[item.key]
        if paper.not_accessible:
            yield ReadinessLine(
                Standing.DECIDE,
                f"The paper of item {_number(state, item)} is not accessible",
                f"{paper.not_accessible} The pack says so on its front sheet. Ask its author for a tagged PDF, or"
                " publish it as it is.",
                _place(state, item),
                "Go to",
                (AGENDA, str(item.key)),
                item.key,
                paper.first_page,
            )
    if received and not any(state.papers[item.key].not_accessible for item in received):
        yield ReadinessLine(Standing.DONE, "Every received paper can be read with a screen reader")


def _exemptions(state: PackState) -> Lines:
    exempt = [item for item in state.agenda.items if item.exemption is not None]
    lacking = [(item, words) for item in exempt if (words := _lacks(item))]
    for item, words in lacking:
        yield ReadinessLine(
            Standing.STOPS,
            f"Exempt item {_number(state, item)} lacks {words}",
            "An item may be taken in private only under a paragraph of Schedule 12A, and only where the public"
            " interest in the exemption outweighs that in disclosure.",
            _place(state, item),
            "Edit",
            (AGENDA, str(item.key)),
            item.key,
        )
    if exempt and not lacking:
        yield ReadinessLine(
            Standing.DONE, f"{counted(len(exempt), 'exempt item')} with paragraph and public-interest test"
        )


def _lacks(item: AgendaItem) -> str:
    """What an exempt item's reason lacks, in words that follow "lacks"; empty where it is whole."""
    exemption = item.exemption
    if exemption is None:
        return ""
    missing = []
    if exemption.paragraph not in EXEMPT_INFORMATION:
        missing.append("its paragraph of Schedule 12A")
    if not exemption.public_interest.strip():
        missing.append("its public-interest test")
    return " and ".join(missing)


def _standing_items(state: PackState) -> Lines:
    titles = [item.title.casefold() for item in state.agenda.items]
    missing = [name for name, words in STANDING_ITEMS if not any(word in title for title in titles for word in words)]
    for name in missing:
        yield ReadinessLine(
            Standing.DECIDE,
            f"“{name}” is not on the agenda",
            "It stands on the agenda of every ordinary meeting. Add it, or publish without it.",
            "Agenda",
            "Add",
            (AGENDA, f"add {name}"),
        )
    if not missing:
        yield ReadinessLine(Standing.DONE, "Agenda has the standing items")


def _no_report(_state: PackState) -> Lines:
    yield ReadinessLine(
        Standing.DECIDE,
        "The performance report is not on the agenda",
        "Nothing of the quarter’s figures and commentary goes into this pack. Add the report, or publish without it.",
        "Agenda",
        "Add",
        (AGENDA, "add Performance report"),
    )


# ---------------------------------------------------------------- the report


def _written_commentary(state: PackState) -> Lines:
    missing = [page.priority for page in state.commentaries if not page.text.strip()]
    unfinished = [page.priority for page in state.commentaries if page.text.strip() and not _is_finished(page)]
    for codes, title, text in (
        (missing, "has no commentary", "Nothing is written yet for {}."),
        (unfinished, "has unfinished commentary", "Written, but not marked as finished: {}."),
    ):
        if codes:
            yield _about_priorities(state, codes, title, text, "Write")
    if state.commentaries and not missing and not unfinished:
        yield ReadinessLine(Standing.DONE, "Commentary finished for every priority")


def _is_finished(page: CommentaryPage) -> bool:
    return page.finished and not page.draft


def _live_figures(state: PackState) -> Lines:
    """A figure that changed since it was written, is gone, or may not be printed."""
    used = [(page.priority, figure) for page in state.commentaries for figure in page.used]
    for code, figure in used:
        if figure.state is FigureState.CHANGED:
            title = f"A figure in {code} has changed since it was written"
            was = "" if figure.covered else f": {figure.before} is now {figure.shown}"
            text = f"{figure.words}{was}. Does the sentence still hold?"
        elif figure.state is FigureState.MISSING:
            title = f"A figure in {code} is not there any more"
            text = f"{figure.words or figure.field} cannot be found. Take it out or choose another."
        else:
            continue
        yield ReadinessLine(
            Standing.STOPS, title, text, f"Commentary of {code}", "Go to", _commentary_on(code), state.report_item
        )
    held = list(dict.fromkeys(code for code, figure in used if figure.held_words))
    if held:
        text = "A paragraph for {} is held, or has a figure that is held. It is left out, and the reason is printed."
        yield _about_priorities(state, held, "has a paragraph that is held", text, "See", Standing.DECIDE)
    if used and all(figure.state in (FigureState.CURRENT, FigureState.HELD) for _code, figure in used):
        yield ReadinessLine(Standing.DONE, "Every live figure in the commentary is current")


def _identifying_sentences(state: PackState) -> Lines:
    """Commentary that may point to a person, each sentence a line."""
    for page in state.commentaries:
        for sentence in page.identifying:
            yield ReadinessLine(
                Standing.DECIDE,
                f"A sentence in {page.priority} may point to a person",
                f"“{sentence}” Write it so that it points to nobody, hold the paragraph, or leave it as it is.",
                f"Commentary of {page.priority}",
                "Go to",
                _commentary_on(page.priority),
                state.report_item,
            )


def _returns(state: PackState) -> Lines:
    rows = [row for row in state.returns.rows if row.record.expected is not None]
    for row in rows:
        if row.state_group in ("checked", "queried"):
            text = f"{row.organisation}. {row.explanation}"
            yield _about_return(row, Standing.STOPS, f"“{row.title}” is not accepted", text)
        elif row.state_group in ("missing", "expected"):
            text = row.sentence or f"{row.organisation}. {row.explanation}"
            lacks = "has not been received" if row.record.file is None else "came without its figures"
            yield _about_return(row, Standing.DECIDE, f"“{row.title}” {lacks}", text)
    if rows and all(row.state_group == "accepted" for row in rows):
        yield ReadinessLine(Standing.DONE, "Every expected return is accepted")


def _about_return(row: ReturnRow, standing: Standing, title: str, text: str) -> ReadinessLine:
    code = row.record.expected.code if row.record.expected is not None else ""
    return ReadinessLine(standing, title, text, f"Returns, {row.organisation}", "Go to", ("returns", code))


def _held_figures(state: PackState) -> Lines:
    yield from _waiting(state)
    waiting = {row.measure for row in _still_waiting(state)}
    held = [row for row in state.rows if row.held_words]
    together: dict[tuple[str, ClearanceShown, str], dict[str, MeasureRow]] = {}
    for row in held:
        if row.measure not in waiting:
            alike = together.setdefault((row.priority, row.clearance, row.held_words), {})
            alike.setdefault(row.measure, row)
    for alike in together.values():
        row = next(iter(alike.values()))
        until = f" until {row.clearance.until}" if row.clearance.until else ""
        named = f"{row.label} is" if len(alike) == 1 else f"{len(alike)} measures of {row.priority} are"
        yield ReadinessLine(
            Standing.DECIDE,
            f"{named} held{until}",
            f"{row.held_words}. The {state.audience.value} pack prints that in place of the figures.",
            f"{row.priority}, clearance: {row.clearance.words}",
            "See",
            ("clearance", row.measure),
            state.report_item,
        )
    if state.rows and not held:
        yield ReadinessLine(Standing.DONE, f"Every figure may stand in the {state.audience.value} pack")


def _still_waiting(state: PackState) -> list[ClearanceRow]:
    """The measures whose figures have come and wait for no more than a board's or a person's word."""
    page = state.clearance
    return [row for row in page.still_held if row.group is not ClearanceGroup.HELD] if page is not None else []


def _waiting(state: PackState) -> Lines:
    """A line for each thing that measures wait for: to be cleared now, or after a day."""
    together: dict[tuple[ClearanceGroup, str, str], list[ClearanceRow]] = {}
    for row in _still_waiting(state):
        together.setdefault((row.group, row.waits_for, row.ends), []).append(row)
    for (group, waits_for, ends), rows in together.items():
        count = counted(len(rows), "measure")
        title = f"{count} to clear now" if group is ClearanceGroup.OVERDUE else f"{count} not cleared yet"
        codes = list(dict.fromkeys(row.priority for row in rows))
        until = f"{waits_for}: {ends[:1].lower()}{ends[1:]}"
        text = f"{until}. The {state.audience.value} pack prints no figure of {_named(codes)} that is not cleared."
        yield ReadinessLine(
            Standing.DECIDE, title, text, f"Clearance, {_named(codes)}", "See", ("clearance", rows[0].measure),
            state.report_item,
        )  # fmt: skip


def _small_numbers(state: PackState) -> Lines:
    """The counts of sensitive measures for which the pack prints [c], a line for each measure."""
    for name, words in state.hidden:
        yield ReadinessLine(Standing.DONE, f"{name} prints [c] for {words}, so that small numbers are not found out")


def _charts(state: PackState) -> Lines:
    charts = [
        (page.code, chart)
        for page in state.priorities
        for panel in page.measures
        for chart in (panel.main, *panel.small)
        if chart is not None
    ]
    silent = list(dict.fromkeys(code for code, chart in charts if not chart.alt.strip()))
    if silent:
        without = sum(1 for _code, chart in charts if not chart.alt.strip())
        title = f"{counted(without, 'chart')} without a text alternative"
        text = f"A reader with a screen reader would hear nothing: {_named(silent)}."
        yield ReadinessLine(
            Standing.STOPS, title, text, _report_place(state), "Go to", ("priorities", silent[0]), state.report_item
        )
    elif charts:
        yield ReadinessLine(Standing.DONE, f"{counted(len(charts), 'chart')} with a text alternative")


# ---------------------------------------------------------------- the date


def _publication_date(deadline: Deadline, stopped: bool) -> Lines:
    """A date that has passed, or that is close while something still stops publication."""
    if deadline.passed:
        yield ReadinessLine(
            Standing.DECIDE,
            "The date for publication has passed",
            f"{deadline.words} {deadline.detail}",
            "Publication date",
        )
    elif stopped and deadline.is_close:
        left = counted(deadline.working_days_left, "working day")
        title = f"Only {left} left to publish" if deadline.working_days_left else "Today is the last day to publish"
        yield ReadinessLine(Standing.DECIDE, title, deadline.words, "Publication date")


# ---------------------------------------------------------------- places


def _number(state: PackState, item: AgendaItem) -> int:
    return state.agenda.number_of(item.key)


def _place(state: PackState, item: AgendaItem) -> str:
    """Where an item is: "Item 7, page 57", without the page while the pack is not set."""
    paper = state.papers.get(item.key)
    page = f", page {paper.first_page}" if paper else ""
    return f"Item {_number(state, item)}{page}"


def _report_place(state: PackState) -> str:
    item = next(one for one in state.agenda.items if one.key == state.report_item)
    return _place(state, item)


def _commentary_on(code: str) -> tuple[str, str]:
    """The link to a priority's commentary."""
    return "priorities", f"{code} commentary"


def _about_priorities(
    state: PackState, codes: Sequence[str], title: str, text: str, action: str, standing: Standing = Standing.STOPS
) -> ReadinessLine:
    """One line about the commentary of one or several priorities, whose link leads to the first of them."""
    many = title.replace("has ", "have ", 1)
    title = f"{codes[0]} {title}" if len(codes) == 1 else f"{counted(len(codes), 'priority', 'priorities')} {many}"
    return ReadinessLine(
        standing,
        title,
        text.format(_named(codes)),
        _report_place(state),
        action,
        _commentary_on(codes[0]),
        state.report_item,
    )


def _named(codes: Sequence[str]) -> str:
    """Codes in a row: "SP1, SP4 and SP7"; of many the first, and how many more there are."""
    shown = list(codes[:_MOST_NAMED])
    if len(codes) > _MOST_NAMED:
        return f"{', '.join(shown)} and {len(codes) - _MOST_NAMED} more"
    return listed(shown)


_ON_AGENDA: tuple[Callable[[PackState], Lines], ...] = (
    _awaited_papers,
    _accessible_papers,
    _exemptions,
    _standing_items,
)
_ON_REPORT: tuple[Callable[[PackState], Lines], ...] = (
    _written_commentary,
    _live_figures,
    _identifying_sentences,
    _returns,
    _held_figures,
    _small_numbers,
    _charts,
)
