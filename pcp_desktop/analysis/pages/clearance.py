"""The page of clearance: how far each measure of a quarter has come, what holds it, and when that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pcp_desktop.analysis.pages import returns, wording
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState, area_hold
from pcp_desktop.domain.clearance_page import (
    BoardLine,
    BoardWait,
    ChainStep,
    ClearanceGroup,
    ClearancePage,
    ClearanceRow,
    Told,
)
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.pages import ReturnRow
from pcp_desktop.domain.periods import Period, in_words
from pcp_desktop.domain.returns import ExpectedReturn

_NO_BOARD = ("", "none stated")
_STEPS = ("Received", "Checked", "Accepted")
_GROUPS = tuple(ClearanceGroup)


def build(facts: Facts, period: Period, publish_by: date | None) -> ClearancePage:
    """The measures that returns of the quarter `period` hold, and those held otherwise; for the working view only.

    Rows are in the order of their groups, in a group by the day that ends the hold, then in the plan's order.
    """
    board = [row for row in returns.build(facts, period).rows if row.record.expected is not None]
    rows = []
    for measure in facts.measures:
        parts = [row for row in board if measure.code in _expected(row).measures]
        clearance = facts.clearance(measure, period.end)
        if parts or not clearance.is_for_its_board:
            rows.append(_row(facts, measure, parts, clearance, publish_by))
        rows += [
            _row(facts, measure, parts, hold, publish_by, area)
            for area in measure.areas
            if (hold := area_hold(facts.clearances, measure.code, area)) is not None
        ]
    rows.sort(key=lambda row: (_GROUPS.index(row.group), _ends_on(row) or date.max))
    held = sum(1 for row in rows if row.group not in (ClearanceGroup.CLEARED, ClearanceGroup.AWAITED))
    cleared = sum(1 for row in rows if row.group is ClearanceGroup.CLEARED)
    scope = f"{period.label}: {counted(len(rows), 'measure')}, {cleared} cleared, {held} held"
    calendar = _calendar(board, rows, facts.now.date(), publish_by)
    return ClearancePage(period, facts.now.date(), publish_by, tuple(rows), scope, calendar)


def _calendar(
    parts: Sequence[ReturnRow], rows: Sequence[ClearanceRow], today: date, publish_by: date | None
) -> tuple[BoardLine, ...]:
    """The boards of the quarter's returns: what is overdue, what becomes free in time, and what does not.

    Statistics that wait for their release have no board.
    """
    boards = boards_of([_expected(part) for part in parts])
    unreleased = {
        wait
        for wait in boards
        if all(row.clearance.state is ClearanceState.EMBARGOED for row in rows if wait in row.boards)
        and any(wait in row.boards for row in rows)
    }
    lines = [_board_line(wait, rows, today, publish_by) for wait in boards if wait not in unreleased]
    return tuple(sorted(lines, key=lambda line: (_GROUPS.index(line.group), line.wait.day or date.max)))


def _board_line(
    wait: BoardWait, rows: Sequence[ClearanceRow], today: date, publish_by: date | None
) -> BoardLine:  # fmt: skip
    held = [row for row in rows if row.clearance.state is ClearanceState.WAITING and wait in row.boards]
    waiting = [row.label for row in held if row.group is not ClearanceGroup.AWAITED]
    meets = in_words(wait.day) if wait.day is not None else "No date known"
    if not waiting:
        group = ClearanceGroup.AWAITED if held else ClearanceGroup.CLEARED
        standing = "No figures yet" if held else "Nothing waits for it"
    elif wait.day is None:
        group, standing = ClearanceGroup.WAITING, "Not free before publication day: no date known"
    elif wait.day < today:
        group, standing = ClearanceGroup.OVERDUE, "Overdue: it has met, and has not cleared them"
    elif publish_by is not None and wait.day <= publish_by:
        group, standing = ClearanceGroup.SOON, f"Free before publication day, {in_words(publish_by)}"
    else:
        group, standing = ClearanceGroup.WAITING, "Not free before publication day"
    return BoardLine(wait, meets, tuple(waiting), standing, group)


def boards_of(expected: Sequence[ExpectedReturn]) -> tuple[BoardWait, ...]:
    """The boards that clear these returns, each once."""
    waits = (
        BoardWait(one.organisation, one.board, one.board_meets) for one in expected if one.board not in _NO_BOARD
    )
    return tuple(dict.fromkeys(waits))


def available_words(boards: Sequence[BoardWait], today: date) -> str:
    """When figures that wait are available: "available after the board meeting on 9 March 2016 (Youth Board)".

    Empty where no board is stated.
    """
    coming: dict[date, list[str]] = {}
    unknown, met = [], []
    for wait in boards:
        if wait.day is None:
            unknown.append(wait.board)
        elif wait.day < today:
            met.append(f"not yet cleared by the {wait.board}, which met on {in_words(wait.day)}")
        else:
            coming.setdefault(wait.day, []).append(wait.board)
    parts = [
        f"available after the board meeting on {in_words(day)} ({_once(names)})"
        for day, names in sorted(coming.items())
    ]
    if unknown:
        parts.append(f"available after the next meeting of the {_once(unknown)}, whose date is not known")
    return "; ".join(dict.fromkeys((*parts, *met)))


def _once(names: Sequence[str]) -> str:
    return wording.listed(list(dict.fromkeys(names)))


def _expected(row: ReturnRow) -> ExpectedReturn:
    assert row.record.expected is not None
    return row.record.expected


def _row(
    facts: Facts,
    measure: Measure,
    parts: list[ReturnRow],
    clearance: Clearance,
    publish_by: date | None,
    area: str = "",
) -> ClearanceRow:
    """One measure, or one area of it, with its chain, its group and everything its inspector shows."""
    today = facts.now.date()
    boards = boards_of([_expected(part) for part in parts])
    waits = clearance.state is ClearanceState.WAITING
    steps = _steps(parts, clearance)
    ends_on = _latest(boards) if waits else clearance.terms.ends_on
    group = _group(clearance, any(part.record.figures for part in parts), ends_on, today, publish_by)
    shown = wording.clearance_shown(clearance, Audience.WORKING)
    partly = clearance.state is ClearanceState.CLEARED and bool(_lacking(parts))
    if partly:
        shown = replace(shown, words=f"Cleared, {_share_words(parts)}")
    ends = _ends_words(clearance, ends_on, today)
    others = _to_come(parts) + ([] if area else _held_areas(facts, measure))
    return ClearanceRow(
        measure=measure.code,
        priority=measure.priority,
        label=f"{measure.name}, {area}" if area else measure.name,
        group=group,
        steps=steps,
        clearance=clearance,
        shown=shown,
        waits_for=_waits_for(clearance, boards),
        ends=ends if group is not ClearanceGroup.AWAITED else "–",
        sentence=parts[0].sentence if partly else _sentence(measure, area, clearance, group, boards, today),
        facts=(*_facts(clearance, boards, ends), *_cleared_so_far(facts, clearance), *others),
        boards=boards,
        told=_told(facts, measure, today),
        area=area,
        areas=measure.areas,
    )


# ---------------------------------------------------------------- the chain


def _steps(parts: list[ReturnRow], clearance: Clearance) -> tuple[ChainStep, ChainStep, ChainStep, ChainStep]:
    """Received, checked, accepted and cleared; a step is done only where it is done for every part."""
    received, checked, accepted = (
        ChainStep(word, _together([part.steps[at] for part in parts]), _when(word, parts))
        for at, word in enumerate(_STEPS, start=1)
    )
    cleared = clearance.state is ClearanceState.CLEARED
    if cleared and _lacking(parts):
        return received, checked, accepted, ChainStep("Cleared", "open", _share_words(parts))
    by = f", {clearance.by}" if clearance.by else ""
    on = f"{wording.date_with_year(clearance.on)}{by}" if cleared and clearance.on else ""
    return received, checked, accepted, ChainStep("Cleared", "done" if cleared else "open", on)


def _lacking(parts: list[ReturnRow]) -> list[ReturnRow]:
    """The returns of a measure that have brought no figure, where others have."""
    without = [part for part in parts if not part.record.figures]
    return without if len(without) < len(parts) else []


def _share_words(parts: list[ReturnRow]) -> str:
    """How many of a measure's returns hold figures: "2 of 3 returns"."""
    return f"{len(parts) - len(_lacking(parts))} of {len(parts)} returns"


def _together(states: Sequence[str]) -> str:
    if "stuck" in states:
        return "stuck"
    return "done" if states and all(state == "done" for state in states) else "open"


def _when(word: str, parts: list[ReturnRow]) -> str:
    """The last day on which a step was done, and of what was received from whom."""
    if word == "Received":
        files = [(part.record.file.received.date(), part.organisation) for part in parts if part.record.file]
        names = _once([organisation for _day, organisation in files])
        return f"{wording.date_with_year(max(files)[0])}, {names}" if files else ""
    days = [part.record.accepted.date() for part in parts if part.record.accepted]
    return wording.date_with_year(max(days)) if days and word == "Accepted" else ""


# ---------------------------------------------------------------- what holds it, and how long


def _latest(boards: Sequence[BoardWait]) -> date | None:
    """The day on which the last of several boards meets; None where one of them has no date."""
    days = [wait.day for wait in boards if wait.day is not None]
    return max(days) if days and len(days) == len(boards) else None


def _ends_on(row: ClearanceRow) -> date | None:
    return _latest(row.boards) if row.clearance.state is ClearanceState.WAITING else row.clearance.terms.ends_on


def _group(
    clearance: Clearance, has_come: bool, ends_on: date | None, today: date, publish_by: date | None
) -> ClearanceGroup:
    """A board that met before today, or a release whose day has come, leaves only the clearing to be done."""
    if clearance.state is ClearanceState.CLEARED:
        return ClearanceGroup.CLEARED
    waits = clearance.state is ClearanceState.WAITING
    if waits and not has_come:
        return ClearanceGroup.AWAITED
    if ends_on is None:
        return ClearanceGroup.WAITING if waits else ClearanceGroup.HELD
    if ends_on < today or (ends_on == today and not waits):
        return ClearanceGroup.OVERDUE
    return ClearanceGroup.SOON if publish_by is not None and ends_on <= publish_by else ClearanceGroup.WAITING


def _waits_for(clearance: Clearance, boards: Sequence[BoardWait]) -> str:
    """What clears the figures: the board, the release, the resolution, the department."""
    terms = clearance.terms
    match clearance.state:
        case ClearanceState.EXEMPT:
            return f"Exempt, paragraph {terms.paragraph}" if terms.paragraph else "Exempt"
        case ClearanceState.CONFIDENTIAL:
            return f"In confidence from {terms.source}" if terms.source else "In confidence"
        case ClearanceState.EMBARGOED:
            return clearance.until[:1].upper() + clearance.until[1:] or "Release"
    return _once([wait.board for wait in boards]) or "No board stated"


def _ends_words(clearance: Clearance, ends_on: date | None, today: date) -> str:
    if clearance.state is ClearanceState.CLEARED:
        return f"Cleared {wording.date_with_year(clearance.on)}" if clearance.on else "Cleared"
    waits = clearance.state is ClearanceState.WAITING
    if ends_on is None:
        return "No date known"
    day = wording.date_with_year(ends_on)
    if waits:
        return f"After {day}" if ends_on >= today else f"Board met {day}"
    return f"From {day}" if ends_on > today else f"Ended {day}"


def _sentence(
    measure: Measure, area: str, clearance: Clearance, group: ClearanceGroup, boards: Sequence[BoardWait], today: date
) -> str:
    """The sentence that the report can print about a measure that is held."""
    if group in (ClearanceGroup.CLEARED, ClearanceGroup.AWAITED):
        return ""
    name = wording.upper_first(wording.in_sentence(measure)) + (f" in {area}" if area else "")
    if clearance.state is ClearanceState.WAITING:
        words = available_words(boards, today) or "not available before its board has cleared it"
        return f"{name}: {words}."
    return f"{name}. {wording.not_published(clearance)}."


def _facts(
    clearance: Clearance, boards: Sequence[BoardWait], ends: str
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """The particulars of the clearance: labels with values, without those that were not told."""
    terms = clearance.terms
    days = "; ".join(f"{wait.words}: {in_words(wait.day) if wait.day else 'no date known'}" for wait in boards)
    recorded = f"{in_words(clearance.on)}, {clearance.by}" if clearance.on else ""
    confidential = clearance.state is ClearanceState.CONFIDENTIAL
    pairs = (
        ("Boards" if len(boards) > 1 else "Board", (days or "None stated") * clearance.is_for_its_board),
        ("Terms" if confidential else "Reason", terms.reason),
        ("Department" if confidential else "Source", terms.source),
        ("Schedule 12A", f"Paragraph {terms.paragraph}" if terms.paragraph else ""),
        ("Public interest test", terms.public_interest),
        ("Resolution", terms.resolution),
        ("Until", clearance.until if not clearance.is_for_its_board else ""),
        ("Ends", ends if terms.ends_on else ""),
        ("Recorded", recorded),
    )
    return tuple((label, value) for label, value in pairs if value)


def _cleared_so_far(facts: Facts, clearance: Clearance) -> list[tuple[str, str]]:
    """The organisations whose board has cleared their part of a measure that still waits for another."""
    if clearance.state is not ClearanceState.WAITING:
        return []
    parts = [
        f"{one.organisation}, {wording.date_with_year(one.on)}" if one.on else one.organisation
        for one in facts.clearances
        if one.measure == clearance.measure and one.organisation and one.through >= clearance.through
    ]
    return [("Cleared so far", "; ".join(dict.fromkeys(parts)))] if parts else []


def _held_areas(facts: Facts, measure: Measure) -> list[tuple[str, str]]:
    """The areas whose figures alone are held, which hold the total over them."""
    areas = [area for area in measure.areas if area_hold(facts.clearances, measure.code, area) is not None]
    return [("Held for", "; ".join(areas))] if areas else []


def _to_come(parts: list[ReturnRow]) -> list[tuple[str, str]]:
    """The returns that others wait for, each with how far it has come."""
    words = [f"{part.organisation}: {part.state[:1].lower()}{part.state[1:]}" for part in _lacking(parts)]
    return [("Still to come", "; ".join(words))] if words else []


def _told(facts: Facts, measure: Measure, today: date) -> tuple[Told, ...]:
    """Who was told this measure's figures before release."""
    return tuple(
        Told(
            one.role,
            f"{wording.date_with_year(one.told_on)} to {wording.date_with_year(one.expires)}",
            one.expires < today,
        )
        for one in facts.recipients
        if one.measure == measure.code
    )
