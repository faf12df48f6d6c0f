"""Reads a return on the form that was sent out: by its headings and the words of its locked cells, without guessing.

Rows may have been sorted and columns put between; whatever else was done to the form is the recogniser's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.returns import ExpectedReturn, Finding, Severity
from pcp_desktop.returns.cells import periods, values
from pcp_desktop.returns.files.workbook import Sheet, Workbook, address, range_label
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.matching import Matches
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.matching.surroundings import Labelled
from pcp_desktop.returns.recognition.found import FoundTable, Point, Series

_NAMES = ("Measure", "Area", "Period")
_PARTS = (("Value", Role.VALUE), ("Numerator", Role.NUMERATOR), ("Base", Role.BASE))
_MARKER = "Marker"
_FARTHEST_ROW = 60


@dataclass(frozen=True)
class Form:
    """Where the headings of a form stand: its sheet, their row, and the column of each."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class Filled:
    """What a filled-in form holds, and what was done to it that cannot be read."""

    matches: Matches
    findings: tuple[Finding, ...]


def form(workbook: Workbook) -> Form | None:
    """The form in a workbook, wherever its headings were moved to; None where they are no longer all there."""
    wanted = {*_NAMES, *(name for name, _ in _PARTS), _MARKER}
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        for number, row in enumerate(sheet.rows[:_FARTHEST_ROW]):
            columns = {words: column for column, value in enumerate(row) if (words := _words(value)) in wanted}
            if columns.keys() == wanted:
                return Form(sheet, number, columns)
    return None


def read(found: Form, workbook: Workbook, expected: ExpectedReturn, facts: Facts) -> Filled:
    """Every line of a form as a match of its own measure, area and period."""
    measures = {_key(measure.label): measure for measure in facts.measures if measure.code in expected.measures}
    series: dict[tuple[str, str, Role], list[Point]] = {}
    findings: list[Finding] = []
    for row in range(found.row + 1, len(found.sheet.rows)):
        line = _line(found, row, measures, facts, findings)
        if line is None:
            continue
        measure, area, points = line
        for role, point in points:
            series.setdefault((measure.code, area, role), []).append(point)
    by_code = {measure.code: measure for measure in facts.measures}
    matches = tuple(
        _match(found, workbook.file, by_code[code], area, _role(role, by_code[code]), points)
        for (code, area, role), points in series.items()
    )
    organisation = expected.organisation
    return Filled(Matches(matches, (), (), expected, organisation, frozenset()), tuple(findings))


def _line(
    found: Form, row: int, measures: Mapping[str, Measure], facts: Facts, findings: list[Finding]
) -> tuple[Measure, str, list[tuple[Role, Point]]] | None:
    """The measure, area and filled-in points of a row; None for one that asks for nothing."""
    label, where, when = (_words(found.sheet.value(row, found.columns[name])) for name in _NAMES)
    if not (label and where and when):
        return None
    measure = measures.get(_key(label))
    area = next((one for one in _areas(facts) if _key(one) == _key(where)), None)
    period = periods.parse(found.sheet.value(row, found.columns["Period"]))
    wrong = [name for name, value in zip(_NAMES, (measure, area, period), strict=True) if value is None]
    points = list(_points(found, row, measure)) if measure is not None else []
    if wrong and (points or measure is None):
        cell = address(row, found.columns[wrong[0]])
        words = (
            f"“{_words(found.sheet.value(row, found.columns[wrong[0]]))}” is not what this form was sent out with."
        )
        findings.append(Finding(Severity.QUESTION, found.sheet.name, cell, f"{words} The line was left out."))
        return None
    if measure is None or area is None or period is None:
        return None
    marked = [
        (role, Point(point.row, point.column, period, point.number, point.marker, point.mark, point.text,
                     written_percent=point.written_percent, scale=point.scale))
        for role, point in points
    ]  # fmt: skip
    return measure, area, marked


def _areas(facts: Facts) -> Iterator[str]:
    yield facts.plan.area
    for measure in facts.measures:
        yield from measure.areas
    for group in facts.peer_groups:
        yield from group.forces


def _points(found: Form, row: int, measure: Measure) -> Iterator[tuple[Role, Point]]:
    """The cells of a line that say something; a marker beside blank cells says why there is no value."""
    mark = values.parse(found.sheet.value(row, found.columns[_MARKER]))
    flag = _flag(_words(found.sheet.value(row, found.columns[_MARKER])))
    filled = False
    for name, role in _PARTS:
        column = found.columns[name]
        value = found.sheet.value(row, column)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        filled = True
        if measure.kind is Kind.TEXT:
            yield role, Point(row, column, None, None, flag or Marker.FINAL, text=str(value).strip())
            continue
        figure = values.parse(value)
        if figure is None:
            yield role, Point(row, column, None, None, Marker.FINAL, text=str(value).strip())
            continue
        marker = flag if flag is not None and figure.marker is Marker.FINAL else figure.marker
        yield role, Point(
            row, column, None, figure.number, marker, figure.mark,
            written_percent=figure.percent, scale=figure.scale,
        )  # fmt: skip
    if not filled and mark is not None and mark.number is None:
        yield Role.VALUE, Point(row, found.columns["Value"], None, None, mark.marker, mark.mark)


def _flag(words: str) -> Marker | None:
    return next((marker for marker in Marker if marker.sign and marker.sign == words.lower()), None)


def _match(found: Form, file: str, measure: Measure, area: str, role: Role, points: Sequence[Point]) -> Match:
    """The points of one measure, area and part as the recogniser would have given them."""
    corners = (found.row, 0, len(found.sheet.rows) - 1, max(found.columns.values()))
    series = Series((), (measure.label, area), (), tuple(points), percent_as="points")
    table = FoundTable(range_label(corners), (), (series,))
    own = (measure.label,)
    labelled = Labelled(found.sheet.name, table, series, role, own, own, (), file)
    return Match(labelled, measure, area, 1.0, ("the form says so",), measure.kind is Kind.PROPORTION)


def _role(role: Role, measure: Measure) -> Role:
    """Beside a count the base is the population that it is a rate of."""
    return Role.POPULATION if role is Role.BASE and measure.kind is Kind.COUNT else role


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ("" if value is None else str(value))


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()
