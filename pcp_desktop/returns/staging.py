"""Matched series become observations: units, periods and parts as the plan keeps them; totals set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pcp_desktop.domain.measures import Aggregation, Frequency, Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns.checks import Aside, duplicated, total_not_sum
from pcp_desktop.returns.fitness import bare_fraction
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.recognition.found import Point

_MONEY = {"£ million": 1.0, "£ thousand": 1e-3, "£": 1e-6}
_STORED_ROLES = {
    Role.NUMERATOR: Part.NUMERATOR,
    Role.BASE: Part.DENOMINATOR,
    Role.POPULATION: Part.DENOMINATOR,
    Role.PLAIN: Part.VALUE,
    Role.VALUE: Part.VALUE,
    Role.PERCENT: Part.VALUE,
}


@dataclass
class Staged:
    """Observations to be stored, findings by the cell they are about, and numbers that are only checked.

    `percentages` are keyed as the value they would be; `rates` and `ranks` as the count they belong to; `fractions`
    are findings about percentages that may be fractions, if these are not set aside. `blanks` are the empty cells.
    """

    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    percentages: dict[ObservationKey, Aside] = field(default_factory=dict)
    rates: dict[ObservationKey, Aside] = field(default_factory=dict)
    ranks: dict[ObservationKey, Aside] = field(default_factory=dict)
    fractions: dict[ObservationKey, Finding] = field(default_factory=dict)
    blanks: dict[ObservationKey, Source] = field(default_factory=dict)


def observations(file: str, matches: Sequence[Match], bases: frozenset[int]) -> Staged:
    """Observations of all matches. `bases` are the `id`s of plain series that are the base of an “of these”."""
    staged = Staged()
    totals: list[tuple[Observation, bool]] = []
    for match in matches:
        part = _part(match, id(match.labelled.series) in bases)
        for point in match.labelled.series.points:
            _take(file, match, point, part, staged, totals)
        for blank in match.labelled.series.blanks:
            if blank.period is not None and part is not None:
                key = ObservationKey(match.measure.code, match.area, _period(blank.period, match.measure), part)
                staged.blanks.setdefault(key, Source(file, match.labelled.sheet, blank.cell))
    measures = {match.measure.code: match.measure for match in matches}
    _set_totals_aside(staged, _without_area_totals(staged, totals, measures), measures)
    _set_percentages_aside(staged)
    staged.findings += [staged.fractions[one.key] for one in staged.observations if one.key in staged.fractions]
    _take_once(staged)
    return staged


def _part(match: Match, is_base: bool) -> Part | None:
    role = match.labelled.role
    if is_base and match.measure.kind is not Kind.COUNT:
        return Part.DENOMINATOR
    if match.measure.kind is Kind.COUNT and role in (Role.BASE, Role.NUMERATOR):
        return Part.VALUE if not match.in_proportion else None
    return _STORED_ROLES.get(role)


def _take(
    file: str,
    match: Match,
    point: Point,
    part: Part | None,
    staged: Staged,
    taken: list[tuple[Observation, bool]],
) -> None:
    sheet, measure = match.labelled.sheet, match.measure
    if point.period is None:
        staged.findings.append(
            Finding(Severity.QUESTION, sheet, point.cell, f"No period was found for “{measure.label}”.")
        )
        return
    period = _period(point.period, measure)
    value = _value(match, point, part)
    source = Source(file, sheet, point.cell)
    key = ObservationKey(measure.code, match.area, period, part or Part.VALUE)
    if part is None:
        if value is not None:
            aside = Aside(sheet, point.cell, value, measure.label)
            kept = {Role.RATE: staged.rates, Role.RANK: staged.ranks}.get(match.labelled.role)
            if kept is not None:
                kept[key] = aside
        return
    one = Observation(key, value, point.marker, source, point.text)
    found = _bare_fraction(one, match, point)
    if found is not None:
        staged.fractions[key] = found
    if point.unclear_period and measure.kind is not Kind.TEXT:
        words = (
            f"“{point.unclear_period}” may be of the calendar or of the financial year. Write it as in Q3 2015/16."
        )
        staged.findings.append(Finding(Severity.ERROR, sheet, point.cell, words))
    taken.append((one, point.is_total))


def _bare_fraction(one: Observation, match: Match, point: Point) -> Finding | None:
    series = match.labelled.series
    if point.written_percent or series.percent_as == "fraction":
        return None
    largest = max((abs(other.number) for other in series.points if other.number is not None), default=0.0)
    return bare_fraction(one, match.measure, series.percent_as, largest)


def _period(period: Period, measure: Measure) -> Period:
    """The period as the measure is kept: a rolling measure's year is the 12 months to its end."""
    rolling = measure.frequency is Frequency.TWELVE_MONTHS
    if rolling and period.months == 12 and period.kind is not PeriodKind.TWELVE_MONTHS:
        return Period(period.end, period.start, PeriodKind.TWELVE_MONTHS)
    return period


def _value(match: Match, point: Point, part: Part | None) -> float | None:
    if point.number is None:
        return None
    series, measure = match.labelled.series, match.measure
    if measure.unit == "percent" and part is Part.VALUE:
        return _points(point.number) if series.percent_as == "fraction" and not _as_text(point) else point.number
    if measure.kind is Kind.MONEY:
        scale = point.scale * 1e-6 if point.scale != 1.0 else _MONEY.get(series.unit, 1.0)
        return round(point.number * scale, 9)
    return point.number * point.scale


def _points(fraction: float) -> float:
    return round(fraction * 100, 12)


def _as_text(point: Point) -> bool:
    return point.number is not None and abs(point.number) > 1.5 and point.written_percent


def _without_area_totals(
    staged: Staged, taken: Sequence[tuple[Observation, bool]], measures: Mapping[str, Measure]
) -> list[tuple[Observation, bool]]:
    """Leave out a total over the areas that a measure is kept by, after checking it."""
    areas = {code: measure.areas for code, measure in measures.items()}
    kept = []
    for one, total in taken:
        key = one.key
        parts = [
            other
            for other, _ in taken
            if total
            and key.area not in areas[key.measure]
            and other.key.area in areas[key.measure]
            and (other.key.measure, other.key.period, other.key.part) == (key.measure, key.period, key.part)
        ]
        if len({part.key.area for part in parts}) > 1:
            _check_total(staged, one, parts)
        else:
            kept.append((one, total))
    return kept


def _set_totals_aside(
    staged: Staged, taken: Sequence[tuple[Observation, bool]], measures: Mapping[str, Measure]
) -> None:
    """Keep what is of the measure's own length; check what covers shorter periods, and leave it out.

    A total over one period alone, as that of a year in its first month, says what this says.
    """
    by_series: dict[tuple[str, str, Part], list[tuple[Observation, bool]]] = {}
    for one, total in taken:
        key = one.key
        by_series.setdefault((key.measure, key.area, key.part), []).append((one, total))
    for (measure, _, part), group in by_series.items():
        for one, total in group:
            inside = {
                other.key.period: other
                for other, is_other_total in group
                if one.key.period.contains(other.key.period)
                and (other.key.period.months < one.key.period.months or (total and not is_other_total))
            }
            shortest = min((period.months for period in inside), default=0)
            parts = [other for period, other in inside.items() if period.months == shortest]
            covered = shortest * len(parts) == one.key.period.months
            if parts and covered and one.text is None:
                if len(parts) == 1 or _adds_up(measures[measure], part):
                    _check_total(staged, one, parts)
            elif total and parts:
                words = f"This total covers more than the {len(parts)} shorter periods beside it. It was left out."
                staged.findings.append(Finding(Severity.INFORMATION, one.source.sheet, one.source.cell, words))
            else:
                staged.observations.append(one)


def _adds_up(measure: Measure, part: Part) -> bool:
    """Whether a longer period's figure is the sum of those of shorter ones."""
    if measure.aggregation is Aggregation.RATIO:
        return part is not Part.VALUE
    return measure.aggregation is Aggregation.SUM


def _check_total(staged: Staged, total: Observation, parts: Sequence[Observation]) -> None:
    values = [part.value for part in parts if part.value is not None]
    if total.value is None or len(values) < len(parts):
        return
    found = total_not_sum(Aside(total.source.sheet, total.source.cell, total.value), values)
    if found is not None:
        staged.findings.append(found)


def _set_percentages_aside(staged: Staged) -> None:
    """A percentage beside its numerator and base is checked, not stored: it follows from them."""
    parts = {one.key for one in staged.observations}
    kept = []
    for one in staged.observations:
        key = one.key
        others = [
            ObservationKey(key.measure, key.area, key.period, part) for part in (Part.NUMERATOR, Part.DENOMINATOR)
        ]
        if key.part is Part.VALUE and all(other in parts for other in others):
            if one.value is not None:
                staged.percentages[key] = Aside(one.source.sheet, one.source.cell, one.value)
            continue
        kept.append(one)
    staged.observations = kept


def _take_once(staged: Staged) -> None:
    """The same key twice: the same value is taken once, different values are all refused."""
    first: dict[ObservationKey, Observation] = {}
    kept: list[Observation] = []
    for one in staged.observations:
        earlier = first.get(one.key)
        if earlier is None:
            first[one.key] = one
            kept.append(one)
            continue
        if one.value is None and one.text is None and earlier.marker is not Marker.FINAL and earlier.value is None:
            continue
        found = duplicated(earlier, one)
        staged.findings.append(found)
        if found.severity is Severity.ERROR:
            kept.append(one)
            back = duplicated(one, earlier)
            staged.findings.append(back)
    staged.observations = kept
