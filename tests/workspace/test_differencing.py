"""An attack on eight quarters of public papers: no suppressed count comes out of all of them taken together."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Hashable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from pcp_desktop.analysis import suppression
from pcp_desktop.domain.meetings import NEW_MEETING, AgendaItem, GeneratedPaper, ItemKind, Meeting
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.periods import Period, financial_year, month, quarter
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.domain.returns import Change, Review, StagedFigure
from pcp_desktop.workspace import Workspace, plan_contents

MEASURE, PRIORITY = "domestic-burglary", "SP12"
WHOLE = "Leicester, Leicestershire and Rutland"
PARTS = ("Leicester City", "Charnwood", "Hinckley and Bosworth", "Melton", "Rutland")
SMALL = range(1, 5)
QUARTERS = [quarter(2014, 1).shifted(3 * step) for step in range(8)]
Monthly = dict[tuple[str, Period], int]
Printed = dict[tuple[str, str], int | None]
"""What papers print for an area and a year; None where they print [c]."""


@dataclass(frozen=True)
class Publication:
    """What one quarter's public papers print, and the counts behind it, which only the test knows."""

    printed: Printed
    true: dict[tuple[str, str], int]


def counts_of(through: Period, quarters: int) -> Monthly:
    """Made-up monthly counts up to a quarter; every quarter revises months of the years before it."""
    source = random.Random(11)
    often = ((0, 1, 2, 3), (0, 0, 1, 3), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 0, 0, 1))
    chances = dict(zip(PARTS, often, strict=True))
    months = [month(2012, 4).shifted(step) for step in range(48)]
    found = {(area, one): source.choice(chances[area]) for area in PARTS for one in months}
    for _ in range(quarters):
        area, one = source.choice(PARTS), source.choice(months[:30])
        found[area, one] += source.choice((1, 2, 4))
    return {key: count for key, count in found.items() if key[1].end <= through.end}


def contents() -> PlanContents:
    """The shipped plan with one priority and one measure, which is sensitive and comes by area."""
    shipped = plan_contents("2013-17")
    measure = next(one for one in shipped.measures if one.code == MEASURE)
    themes = tuple(
        replace(theme, priorities=kept)
        for theme in shipped.plan.themes
        if (kept := tuple(one for one in theme.priorities if one.code == PRIORITY))
    )
    return replace(
        shipped,
        plan=replace(shipped.plan, themes=themes),
        measures=(replace(measure, sensitive=True, areas=PARTS),),
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
    for row, ((area, one), count) in enumerate(counts.items(), 2):
        key = ObservationKey(MEASURE, area, one)
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
            workspace.clear_measures([MEASURE], reported.end)
            papers = [path for path, _what in workspace.write_papers(reported, folder / str(number))]
            copy = workspace.share(folder / f"copy {number}.pcp", reported)
            publish(workspace, reported)
            printed = from_copy(copy) | from_workbook(next(one for one in papers if one.suffix == ".xlsx"))
            yield Publication(printed, yearly(counts))


def publish(workspace: Workspace, reported: Period) -> None:
    day = reported.end + timedelta(days=80)
    workspace.add_meeting(Meeting(day, "1.00 pm", "County Hall", reported, NEW_MEETING))
    agenda = next(one for one in workspace.facts().agendas if one.meeting.day == day)
    report = AgendaItem(1, ItemKind.GENERATED, "Report", generated=GeneratedPaper.PERFORMANCE_REPORT)
    workspace.write_agenda(replace(agenda, items=(report,)))
    workspace.write_commentary(PRIORITY, reported, "As reported.", finished=True)
    workspace.publish(agenda.meeting.number)


def yearly(counts: Monthly) -> dict[tuple[str, str], int]:
    """The true counts of the years that are complete, the whole area's among them."""
    found = {}
    for year in (financial_year(2012 + step) for step in range(4)):
        for area in PARTS:
            inside = [count for (where, one), count in counts.items() if where == area and year.contains(one)]
            if len(inside) == 12:
                found[area, year.label] = sum(inside)
        if all((area, year.label) in found for area in PARTS):
            found[WHOLE, year.label] = sum(found[area, year.label] for area in PARTS)
    return found


def from_copy(path: Path) -> Printed:
    """Every year of every area that the shared copy holds."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT area, period_start, period_end, value FROM observations WHERE measure = ?", (MEASURE,)
        ).fetchall()
    assert all(row[1].endswith("04-01") and row[2].endswith("03-31") for row in rows), "a part of a year is public"
    return {(row[0], f"{row[1][:4]}/{row[2][2:4]}"): None if row[3] is None else int(row[3]) for row in rows}


def from_workbook(path: Path) -> Printed:
    """The baseline and latest counts of the data workbook's dashboard."""
    rows = list(openpyxl.load_workbook(path)["Dashboard"].iter_rows(values_only=True))
    found: Printed = {}
    for row in rows:
        if row[1] == PRIORITY:
            found[str(row[3]), "2012/13"] = _count(row[5])
            found[str(row[3]), str(row[6])] = _count(row[7])
    return found


def _count(cell: object) -> int | None:
    assert isinstance(cell, int | float) or cell == "[c]", cell
    return None if isinstance(cell, str) else int(cell)


def recovered(publications: list[Publication]) -> set[Hashable]:
    """The small counts that only one number fits, for an attacker who knows which counts are small and which changed.

    An unknown is an area, a year and what the count was; what was printed of it anywhere is known everywhere.
    """
    known: dict[Hashable, int] = {}
    equations: set[tuple[Hashable, ...]] = set()
    unknown: dict[Hashable, bool] = {}
    for one in publications:
        for (area, year), shown in one.printed.items():
            true = one.true[area, year]
            if shown is None:
                unknown[area, year, true] = true in SMALL
            else:
                assert shown == true
                known[area, year, true] = shown
        for year in {year for _area, year in one.printed}:
            equations.add(tuple((area, year, one.true[area, year]) for area in (*PARTS, WHOLE)))
    names = [name for name in unknown if name not in known]
    place = {name: at for at, name in enumerate(names)}
    rows, right = [], []
    for *parts, whole in equations:
        row, left = np.zeros(len(names)), 0
        for name, sign in (*((part, 1) for part in parts), (whole, -1)):
            if name in place:
                row[place[name]] = sign
            else:
                left -= sign * known[name]
        rows.append(row)
        right.append(left)
    small = np.array([unknown[name] for name in names])
    bounds = Bounds(np.where(small, 1, 0), np.where(small, 4, 1000))
    constraints = LinearConstraint(np.array(rows), right, right)

    def reach(name: Hashable, sign: int) -> int:
        wanted = np.zeros(len(names))
        wanted[place[name]] = sign
        solved = milp(wanted, integrality=np.ones(len(names)), bounds=bounds, constraints=constraints)
        assert solved.x is not None
        return round(float(solved.x[place[name]]))

    return {name for name in names if unknown[name] and reach(name, 1) == reach(name, -1)}


def test_no_suppressed_count_is_found_out_from_eight_quarters(tmp_path: Path) -> None:
    publications = list(published(tmp_path))
    hidden = [shown for one in publications for shown in one.printed.values() if shown is None]
    shown = [shown for one in publications for shown in one.printed.values() if shown is not None]
    assert len(hidden) > 8
    assert len(shown) > len(hidden), "next to nothing is published"
    assert all(count not in SMALL for count in shown)
    assert recovered(publications) == set()


def test_the_attack_succeeds_where_small_counts_alone_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def primary(cells: tuple[suppression.Cell, ...], *_others: object) -> frozenset[Hashable]:
        return frozenset(cell.key for cell in cells if cell.protected)

    monkeypatch.setattr("pcp_desktop.analysis.small_numbers.suppressed", primary)
    assert recovered(list(published(tmp_path, 2)))
