"""An attack on eight quarters of public papers: no suppressed count comes out of all of them taken together."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pypdfium2
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from pcp_desktop.analysis import suppression
from pcp_desktop.domain.meetings import NEW_MEETING, AgendaItem, GeneratedPaper, ItemKind, Meeting
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.periods import Period, financial_year, month, quarter
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.domain.returns import Change, Review, StagedFigure
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace, plan_contents

TOTAL, BY_PERSON, OTHERS = "domestic-burglary", "burglary-by-person", "burglary-others"
CATEGORIES = (BY_PERSON, OTHERS)
MEASURES, PRIORITY = (TOTAL, *CATEGORIES), "SP12"
LABELS = {TOTAL: "Domestic burglary", BY_PERSON: "By somebody known", OTHERS: "By others"}
WHOLE = "Leicester, Leicestershire and Rutland"
PARTS = ("Leicester City", "Charnwood", "Melton", "Rutland")
SMALL = range(1, 5)
QUARTERS = [quarter(2014, 1).shifted(3 * step) for step in range(8)]
_YEAR = re.compile(r"20\d\d/\d\d")
Monthly = dict[tuple[str, str, Period], int]
"""Counts by measure, area and month."""
Place = tuple[str, str, str]
"""A measure, an area and a financial year."""
Unknown = tuple[str, str, str, int]
"""A place and what its count was."""
Printed = dict[Place, int | None]
"""What papers print; None where they print [c]."""


@dataclass(frozen=True)
class Publication:
    """What one quarter's public papers print, and the counts behind it, which only the test knows."""

    printed: Printed
    true: dict[Place, int]


def counts_of(through: Period, quarters: int) -> Monthly:
    """Made-up monthly counts up to a quarter; every quarter revises months of the years before it."""
    source = random.Random(11)
    often = ((0, 1, 2, 3), (0, 0, 1, 3), (0, 0, 0, 0, 1), (0, 0, 0, 0, 0, 0, 0, 0, 1))
    chances = dict(zip(PARTS, often, strict=True))
    months = [month(2012, 4).shifted(step) for step in range(48)]
    found = {
        (code, area, one): source.choice(chances[area]) for code in CATEGORIES for area in PARTS for one in months
    }
    for _ in range(quarters):
        code, area, one = source.choice(CATEGORIES), source.choice(PARTS), source.choice(months[:30])
        found[code, area, one] += source.choice((1, 2, 4))
    known = {key: count for key, count in found.items() if key[2].end <= through.end}
    for (_code, area, one), count in list(known.items()):
        known[TOTAL, area, one] = known.get((TOTAL, area, one), 0) + count
    return known


def contents() -> PlanContents:
    """The shipped plan with one priority; a sensitive measure and its two categories, which come by area."""
    shipped = plan_contents("2013-17")
    total = replace(next(one for one in shipped.measures if one.code == TOTAL), sensitive=True, areas=PARTS)
    categories = [
        replace(total, code=code, label=LABELS[code], short_label="", synonyms=(), lead=False, part_of=TOTAL)
        for code in CATEGORIES
    ]
    themes = tuple(
        replace(theme, priorities=kept)
        for theme in shipped.plan.themes
        if (kept := tuple(one for one in theme.priorities if one.code == PRIORITY))
    )
    return replace(
        shipped,
        plan=replace(shipped.plan, themes=themes),
        measures=(total, *categories),
        expected_returns=(),
        peer_groups=(),
        breaks=(),
        events=(),
        meetings=(),
        agendas=(),
    )


def accept(workspace: Workspace, counts: Monthly, name: str) -> None:
    stored = {one.key: one for one in workspace.facts().observations}
    figures = []
    for row, ((code, area, one), count) in enumerate(counts.items(), 2):
        key = ObservationKey(code, area, one)
        before = stored.get(key)
        change = Change.NEW if before is None else Change.REVISED if before.value != count else Change.UNCHANGED
        figures.append(
            StagedFigure(Observation(key, count, Marker.FINAL, Source(name, "S", f"B{row}")), change, before)
        )
    content = name.encode()
    workspace.accept(Review(name, hashlib.sha256(content).hexdigest(), content, None, None, None, tuple(figures), ()))


def published(folder: Path, quarters: int = len(QUARTERS)) -> Iterator[Publication]:
    """Publish quarter after quarter through the program, and read what came out from the files alone."""
    now = datetime(2014, 8, 1, 9)
    with Workspace.create(folder / "panel.pcp", contents(), lambda: now) as workspace:
        for number, reported in enumerate(QUARTERS[:quarters]):
            now = datetime.combine(reported.end, datetime.min.time()) + timedelta(days=40, hours=9)
            counts = counts_of(reported, number)
            accept(workspace, counts, f"quarter {number}.xlsx")
            workspace.clear_measures(MEASURES, reported.end)
            papers = [path for path, _what in workspace.write_papers(reported, folder / str(number))]
            copy = workspace.share(folder / f"copy {number}.pcp", reported)
            publish(workspace, reported)
            read = [from_copy(copy), *map(from_paper, papers)]
            assert all(read)
            yield Publication(from_all(*read), yearly(counts))


def from_all(*printed: Printed) -> Printed:
    """What several papers print together; they agree on what they print and on what they do not."""
    found: Printed = {}
    for one in printed:
        for place, count in one.items():
            assert found.setdefault(place, count) == count, place
    return found


def publish(workspace: Workspace, reported: Period) -> None:
    day = reported.end + timedelta(days=80)
    workspace.add_meeting(Meeting(day, "1.00 pm", "County Hall", reported, NEW_MEETING))
    agenda = next(one for one in workspace.facts().agendas if one.meeting.day == day)
    report = AgendaItem(1, ItemKind.GENERATED, "Report", generated=GeneratedPaper.PERFORMANCE_REPORT)
    workspace.write_agenda(replace(agenda, items=(report,)))
    workspace.write_commentary(PRIORITY, reported, "As reported.", finished=True)
    workspace.publish(agenda.meeting.number)


def yearly(counts: Monthly) -> dict[Place, int]:
    """The true counts of the years that are complete, the whole area's among them."""
    found: dict[Place, int] = {}
    for year in (financial_year(2012 + step) for step in range(4)):
        for code in MEASURES:
            for area in PARTS:
                inside = [n for (c, a, one), n in counts.items() if (c, a) == (code, area) and year.contains(one)]
                if len(inside) == 12:
                    found[code, area, year.label] = sum(inside)
            parts = [found[code, area, year.label] for area in PARTS if (code, area, year.label) in found]
            if len(parts) == len(PARTS):
                found[code, WHOLE, year.label] = sum(parts)
    return found


def from_copy(path: Path) -> Printed:
    """Every year of every area that the shared copy holds."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT measure, area, period_start, period_end, value FROM observations"
        ).fetchall()
    assert all(row[2].endswith("04-01") and row[3].endswith("03-31") for row in rows), "a part of a year is public"
    return {(row[0], row[1], f"{row[2][:4]}/{row[3][2:4]}"): None if row[4] is None else int(row[4]) for row in rows}


def from_paper(path: Path) -> Printed:
    """Every count of a year that a paper prints, from its tables alone."""
    readers = {".xlsx": from_workbook, ".docx": from_word, ".pdf": from_pdf}
    return readers[path.suffix](path)


def from_workbook(path: Path) -> Printed:
    """The baseline and latest counts of the dashboard, and the years of each measure's own worksheet."""
    book = openpyxl.load_workbook(path)
    found: Printed = {}
    for row in book["Dashboard"].iter_rows(values_only=True):
        if row[1] == PRIORITY:
            code = next(code for code, label in LABELS.items() if str(row[2]).split(",")[0] == label)
            found[code, str(row[3]), "2012/13"] = _count(row[5])
            found[code, str(row[3]), str(row[6])] = _count(row[7])
    for code, label in LABELS.items():
        for row in book[f"{PRIORITY} {label}"].iter_rows(values_only=True) if f"{PRIORITY} {label}" in book else ():
            if _YEAR.fullmatch(str(row[0])):
                found[code, WHOLE, str(row[0])] = None if row[1] is None else _count(row[1])
    return found


def from_word(path: Path) -> Printed:
    """The baseline column of the tables of the Word report."""
    found: Printed = {}
    for table in docx.Document(str(path)).tables:
        rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        if "2012/13" in rows[0]:
            column = rows[0].index("2012/13")
            for row in rows[1:]:
                found |= _line(row[0], row[column])
    return found


def from_pdf(path: Path) -> Printed:
    """The lines of a PDF that begin with a measure and an area: its baseline count comes first."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    found: Printed = {}
    for label in LABELS.values():
        for area in (*PARTS, ""):
            name = f"{label}, {area}" if area else label
            for line in re.findall(
                rf"^(?:.*{PRIORITY} )?{re.escape(name)} ([\d,]+|\[c\]) ", text.replace("\r", ""), re.MULTILINE
            ):
                found |= _line(name, line)
    return found


def _line(name: str, baseline: str) -> Printed:
    label, _, area = name.partition(", ")
    code = next(code for code, one in LABELS.items() if one == label)
    return {(code, area or WHOLE, "2012/13"): _count("[c]" if baseline == "[c]" else int(baseline))}


def _count(cell: object) -> int | None:
    assert isinstance(cell, int | float) or cell == "[c]", cell
    return None if isinstance(cell, str) else int(cell)


def recovered(publications: list[Publication]) -> set[Unknown]:
    """The small counts that only one number fits, for an attacker who knows which counts are small and which changed.

    An unknown is a measure, an area, a year and what the count was; what any paper prints of it is known of all.
    """
    known: dict[Unknown, int] = {}
    equations: set[tuple[Unknown, ...]] = set()
    unknown: dict[Unknown, bool] = {}
    for one in publications:
        for place, shown in one.printed.items():
            true = one.true[place]
            if shown is None:
                unknown[*place, true] = true in SMALL
            else:
                assert shown == true
                known[*place, true] = shown
        for year in {year for _code, _area, year in one.printed}:
            by_area = [[(code, area, year) for area in (*PARTS, WHOLE)] for code in MEASURES]
            by_category = [[(code, area, year) for code in (*CATEGORIES, TOTAL)] for area in (*PARTS, WHOLE)]
            for places in (*by_area, *by_category):
                equations.add(tuple((*place, one.true[place]) for place in places))
    names = [name for name in unknown if name not in known]
    column = {name: at for at, name in enumerate(names)}
    rows, right = [], []
    for *parts, whole in equations:
        row, left = np.zeros(len(names)), 0
        for name, sign in (*((part, 1) for part in parts), (whole, -1)):
            if name in column:
                row[column[name]] = sign
            else:
                left -= sign * known[name]
        rows.append(row)
        right.append(left)
    small = np.array([unknown[name] for name in names])
    bounds = Bounds(np.where(small, 1, 0), np.where(small, 4, 1000))
    constraints = LinearConstraint(np.array(rows), right, right)

    def reach(name: Unknown, sign: int) -> int:
        wanted = np.zeros(len(names))
        wanted[column[name]] = sign
        solved = milp(wanted, integrality=np.ones(len(names)), bounds=bounds, constraints=constraints)
        assert solved.x is not None
        return round(float(solved.x[column[name]]))

    return {name for name in names if unknown[name] and reach(name, 1) == reach(name, -1)}


def test_no_suppressed_count_is_found_out_from_eight_quarters(tmp_path: Path) -> None:
    publications = list(published(tmp_path))
    hidden = [shown for one in publications for shown in one.printed.values() if shown is None]
    shown = [shown for one in publications for shown in one.printed.values() if shown is not None]
    assert len(hidden) > 30
    assert len(shown) > len(hidden), "next to nothing is published"
    assert 0 in shown
    assert all(count not in SMALL for count in shown)
    assert recovered(publications) == set()
    decided: dict[Unknown, bool] = {}
    for one in publications:
        for place, count in one.printed.items():
            assert decided.setdefault((*place, one.true[place]), count is None) == (count is None), place


Cells = tuple[suppression.Cell, ...]


def primary(cells: Cells, *_others: object) -> frozenset[Hashable]:
    """The small counts, and none to protect them."""
    return frozenset(cell.key for cell in cells if cell.protected)


def next_smallest(cells: Cells, sums: tuple[suppression.Sum, ...]) -> frozenset[Hashable]:
    """The small counts, and in each row and column where one would stand alone the next smallest: the common rule."""
    values, hidden = {cell.key: cell.value for cell in cells}, set(primary(cells))
    for one in sums:
        inside = sorted((key for key in one.parts if values[key]), key=lambda key: (values[key], str(key)))
        if sum(key in hidden for key in inside) == 1:
            hidden |= set([key for key in inside if key not in hidden][:1])
    return frozenset(hidden)


@pytest.mark.parametrize("rule", [primary, next_smallest])
def test_the_attack_succeeds_on_simpler_rules(
    rule: Callable[..., frozenset[Hashable]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pcp_desktop.analysis.small_numbers.suppressed", rule)
    assert recovered(list(published(tmp_path, 2)))


def test_a_suppressed_count_that_somebody_types_is_stopped_at_the_last_gate(tmp_path: Path) -> None:
    reported, now = QUARTERS[0], datetime(2014, 8, 1, 9)
    with Workspace.create(tmp_path / "panel.pcp", contents(), lambda: now) as workspace:
        counts = counts_of(reported, 0)
        accept(workspace, counts, "quarter 0.xlsx")
        workspace.clear_measures(MEASURES, reported.end)
        small = yearly(counts)[TOTAL, "Rutland", "2012/13"]
        assert small in SMALL
        typed = f"Domestic burglary is rare in Rutland: {small} in a year."
        workspace.write_commentary(PRIORITY, reported, typed, finished=True)
        with pytest.raises(UserError, match=r"Domestic burglary, Rutland, 20\d\d/\d\d \(small numbers\)"):
            workspace.write_papers(reported, tmp_path / "out")
        workspace.write_commentary(PRIORITY, reported, typed.replace(str(small), "a few"), finished=True)
        assert workspace.write_papers(reported, tmp_path / "out")
