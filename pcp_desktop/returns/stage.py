"""A received file becomes a Review: everything a person must see before anything is stored. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.recognition import BY_FIGURES, Answer, QuestionKind, Recognition
from pcp_desktop.domain.returns import Change, ExpectedReturn, Finding, Review, Severity, StagedFigure
from pcp_desktop.domain.review_words import note_key
from pcp_desktop.returns import checks, fitness, sheet_pictures, staging
from pcp_desktop.returns.files.scan import Reader, read_workbook
from pcp_desktop.returns.files.workbook import Workbook
from pcp_desktop.returns.matching import issued, layouts, matching, questions
from pcp_desktop.returns.matching.answers import at_hand, series_key
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.history import History
from pcp_desktop.returns.matching.marked import Marked, marked
from pcp_desktop.returns.matching.matching import Matches
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.recognition import remarks
from pcp_desktop.returns.recognition.found import Recognised
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.staging import Staged

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.QUESTION: 1, Severity.INFORMATION: 2}
_CHANGES = {Change.REFUSED: 0, Change.REVISED: 2, Change.NEW: 3, Change.UNCHANGED: 4}


def review(
    path: Path, facts: Facts, progress: Progress, reader: Reader | None = None, given: Sequence[Answer] = ()
) -> Review:
    """Read a file and stage every figure of the plan in it beside what `facts` hold.

    `reader` is a child process to use again for several files; `given` are answers about this workbook. Raises
    UserError for a file that cannot be read, and Cancelled when `progress` does.
    """
    workbook = read_workbook(path, progress, reader)
    progress(f"Reading {path.name}", 2, 3)
    found = review_workbook(workbook, facts, given)
    progress(f"Read {path.name}", 3, 3)
    return found


def review_workbook(workbook: Workbook, facts: Facts, given: Sequence[Answer] = ()) -> Review:
    """Stage every figure of a workbook that has been read."""
    recognised, matches, by_hand = _recognised(workbook, facts, given)
    staged = staging.observations(workbook.file, matches.matches, matches.bases)
    figures, about = _figures(staged, recognised, facts, matches.expected)
    findings = [
        *by_hand.findings,
        *about,
        *_about_labels(matches),
        *_about_whole(workbook, recognised, matches, figures, facts),
    ]
    used = {figure.observation.source.sheet for figure in figures}
    pictures = sheet_pictures.pictures(workbook, recognised, by_hand.regions)
    return Review(
        workbook.file,
        workbook.sha256,
        workbook.content,
        matches.organisation,
        matches.expected.period if matches.expected else _latest(figures),
        matches.expected.code if matches.expected else None,
        tuple(figures),
        tuple(sorted(findings, key=lambda one: _ORDER[one.severity])),
        tuple((sheet.name, sheet.rows) for sheet in pictures if sheet.name in used),
        any(record.file is not None and record.file.sha256 == workbook.sha256 and record.accepted is not None
            for record in facts.returns),
        remarks.illustrative(recognised),
        Recognition(
            pictures,
            sheet_pictures.tables(workbook, recognised, matches, facts.plan.area),
            (*by_hand.questions, *questions.questions(workbook, matches, facts)),
            (*by_hand.applied, *matches.applied),
            questions.measures(facts),
            _notes(figures, facts),
        ),
        tuple(
            replace(one, file=workbook.file) for one in (*by_hand.completed(given), *_settled(matches, facts))
        ),
    )  # fmt: skip


def _notes(figures: Sequence[StagedFigure], facts: Facts) -> tuple[Answer, ...]:
    """The notes that were kept on figures of a workbook."""
    kept = {one.key: one for one in facts.answers if one.kind is QuestionKind.NOTE}
    keys = (note_key(figure.observation.key) for figure in figures)
    return tuple(kept[key] for key in keys if key in kept)


def _settled(matches: Matches, facts: Facts) -> Iterator[Answer]:
    """The answers that figures gave to what their labels leave in doubt: next time other figures stand there."""
    for one in matches.matches:
        if one.by_figures:
            about = one.labelled
            answer = questions.named(one.measure, one.area, facts.plan.area).answer
            key, label = series_key(about.sheet, about.table, about.series), about.series.name
            yield Answer(QuestionKind.MEASURE, key, label, answer, by=BY_FIGURES)


def _recognised(workbook: Workbook, facts: Facts, given: Sequence[Answer]) -> tuple[Recognised, Matches, Marked]:
    """The tables of a workbook, the measures in them, and what was marked by hand, read within its bounds."""
    recognised, matches = _matched(workbook, recognise(workbook), facts, given)
    by_hand = marked(workbook, at_hand(facts, matches.organisation or "", given))
    if by_hand.regions:
        again = recognise(workbook, by_hand.regions)
        recognised, matches = _matched(workbook, again, facts, given, as_issued=False)
    return recognised, matches, by_hand


def _matched(
    workbook: Workbook, recognised: Recognised, facts: Facts, given: Sequence[Answer], *, as_issued: bool = True
) -> tuple[Recognised, Matches]:
    """The measures in a workbook's tables; a form of ours is read by its own words, unless it was marked by hand."""
    mark = layouts.identifier(workbook)
    if mark is None:
        return recognised, matching.match(recognised, facts, given=given)
    owed = layouts.candidates(mark, facts)
    form = issued.form(workbook) if as_issued else None
    if form is not None and owed:
        filled = max((issued.read(form, workbook, one, facts) for one in owed), key=_read_of)
        if filled.matches.matches:
            findings = (*recognised.findings, *filled.findings)
            return replace(recognised, findings=findings), filled.matches
    first = matching.match(recognised, facts, given=given)
    held = {one.measure.code for one in first.matches}
    best = max(owed, key=lambda one: len(held & set(one.measures)), default=None)
    return recognised, matching.match(recognised, facts, best, given) if best is not None else first


def _read_of(filled: issued.Filled) -> int:
    return len(filled.matches.matches) - len(filled.findings)


def _figures(
    staged: Staged, recognised: Recognised, facts: Facts, expected: ExpectedReturn | None
) -> tuple[list[StagedFigure], list[Finding]]:
    measures = {measure.code: measure for measure in facts.measures}
    history = History(facts.observations)
    owed, today = expected.period if expected else None, facts.now.date()
    waiting = [
        one
        for one in staged.observations
        if fitness.is_still_to_come(one, measures[one.key.measure], today, owed) and history.stored(one.key) is None
    ]
    to_come = {one.key for one in waiting}
    taken = [one for one in staged.observations if one.key not in to_come]
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for found in [*recognised.findings, *staged.findings, *_between(staged)]:
        by_cell[found.sheet, found.cell].append(found)
    figures = []
    for one in (*taken, *_totals_taken_back(taken, history)):
        found_here = [
            *by_cell.pop((one.source.sheet, one.source.cell), []),
            *_alone(one, measures[one.key.measure], history, today),
        ]
        stored = history.stored(one.key)
        changed = stored is not None and not _same(one, stored)
        if (taken_back := checks.withdrawn(one, stored)) is not None:
            found_here.append(taken_back)
        reopening = checks.already_cleared(one, stored, facts.clearances) if changed else None
        if reopening is not None:
            found_here.append(reopening)
        change = _change(one, stored, found_here)
        figures.append(StagedFigure(one, change, stored, tuple(found_here), reopens=reopening is not None))
    figures.sort(key=_place)
    about = [found for several in by_cell.values() for found in several]
    return figures, [*about, *fitness.none_yet(waiting), *_emptied(staged, history)]


def _totals_taken_back(staged: Sequence[Observation], history: History) -> list[Observation]:
    """Stored totals over figures that are taken back, unless the return gives them anew: they are not available."""
    given = {one.key for one in staged}
    totals: dict[ObservationKey, Observation] = {}
    for one in staged:
        stored = history.stored(one.key)
        if one.value is None and one.text is None and stored is not None and stored.value is not None:
            for total in history.over(one.key):
                if total.key not in given:
                    totals[total.key] = Observation(total.key, None, Marker.NOT_AVAILABLE, one.source)
    return list(totals.values())


def _emptied(staged: Staged, history: History) -> list[Finding]:
    given = {one.key for one in staged.observations}
    found = [
        checks.emptied(key, source, history.stored(key)) for key, source in staged.blanks.items() if key not in given
    ]
    return [one for one in found if one is not None]


def _alone(one: Observation, measure: Measure, history: History, today: date) -> list[Finding]:
    found = [
        fitness.words_for_number(one, measure),
        fitness.period_not_over(one, measure, today),
        fitness.unfitting_period(one, measure),
        checks.out_of_range(one, measure),
        checks.unit_changed(one, measure, history),
        checks.jump(one, measure, history),
    ]
    return [each for each in found if each is not None]


def _between(staged: Staged) -> list[Finding]:
    values = {one.key: one for one in staged.observations}
    found: list[Finding | None] = []
    for key, one in values.items():
        base = values.get(_other(key, Part.DENOMINATOR))
        if base is None or base.value is None or one.value is None:
            continue
        if key.part is Part.NUMERATOR:
            found.append(checks.numerator_above_base(one, base))
            percentage = staged.percentages.get(_other(key, Part.VALUE))
            if percentage is not None:
                found.append(checks.percentage_not_share(percentage, one.value, base.value))
        elif key.part is Part.VALUE and key in staged.rates:
            found.append(checks.rate_not_following(staged.rates[key], one.value, base.value))
    return [one for one in found if one is not None] + _ranks(staged, values)


def _ranks(staged: Staged, values: dict[ObservationKey, Observation]) -> list[Finding]:
    groups: dict[tuple[str, Period], list[tuple[checks.Aside, float]]] = defaultdict(list)
    for key, rank in staged.ranks.items():
        count, population = values.get(key), values.get(_other(key, Part.DENOMINATOR))
        if count and population and count.value is not None and population.value:
            groups[key.measure, key.period].append((rank, count.value / population.value))
    return [found for group in groups.values() for found in checks.ranks_not_following(group)]


def _other(key: ObservationKey, part: Part) -> ObservationKey:
    return ObservationKey(key.measure, key.area, key.period, part)


def _same(one: Observation, stored: Observation) -> bool:
    return (one.value, one.text, one.marker) == (stored.value, stored.text, stored.marker)


def _change(one: Observation, stored: Observation | None, findings: Sequence[Finding]) -> Change:
    if any(found.severity is Severity.ERROR for found in findings):
        return Change.REFUSED
    if stored is None:
        return Change.NEW
    return Change.UNCHANGED if _same(one, stored) else Change.REVISED


def _place(figure: StagedFigure) -> tuple[int, str, str, Period, str]:
    """Errors first, then what is to be looked at, revised, new, unchanged; within these by measure and period."""
    rank = _CHANGES[figure.change]
    if rank and any(found.severity is not Severity.INFORMATION for found in figure.findings):
        rank = 1
    key = figure.observation.key
    return rank, key.measure, key.area, key.period, key.part


def _latest(figures: Sequence[StagedFigure]) -> Period | None:
    return max((figure.observation.key.period for figure in figures), default=None)


def _about_labels(matches: Matches) -> list[Finding]:
    """Findings for labels that were nearly a measure; those far from all are counted in one line."""
    found = []
    for one in _distinct(matches.unsure):
        label = one.labelled.series.name or one.labelled.sheet
        words = f"“{label}” may be “{one.measure.label}”, but {one.doubt or 'not surely'}. It was left out."
        found.append(Finding(Severity.QUESTION, one.labelled.sheet, one.labelled.series.points[0].cell, words))
    asked = {one.labelled.series.label for one in matches.unsure}
    left = {
        one.series.name
        for one in matches.unmatched
        if one.series.label not in asked
        if one.role in (Role.PLAIN, Role.NUMERATOR) and any(point.number is not None for point in one.series.points)
    } - {"", *(one.labelled.series.name for one in matches.matches)}
    if left:
        some = ", ".join(f"“{label}”" for label in sorted(left)[:6])
        more = f" and {len(left) - 6} more" if len(left) > 6 else ""
        words = f"{counted(len(left), 'label')} no measure of the plan: {some}{more}."
        words = words.replace(" no measure", " is no measure" if len(left) == 1 else " are no measure", 1)
        found.append(Finding(Severity.INFORMATION, "", "", words))
    return found


def _distinct(matches: Sequence[Match]) -> list[Match]:
    seen: dict[tuple[str, tuple[str, ...]], Match] = {}
    for one in matches:
        seen.setdefault((one.measure.code, one.labelled.series.row_words), one)
    return list(seen.values())


def _about_whole(
    workbook: Workbook, recognised: Recognised, matches: Matches, figures: Sequence[StagedFigure], facts: Facts
) -> list[Finding]:
    expected = matches.expected
    if layouts.identifier(workbook) is not None and _is_unfilled(expected, figures):
        if figures:
            words = "The form has not been filled in: it holds only figures that were on it when it was sent out."
            return [Finding(Severity.WARNING, "", "", words)]
        words = "The form has not been filled in: it holds no figure."
        return [Finding(Severity.ERROR, "", "", words)]
    if not figures:
        kept_as_received = expected is not None and not expected.holds_figures
        if kept_as_received or _has_numbers(recognised):
            words = "The workbook holds no figure of a measure of the plan. It can be kept as received."
            return [Finding(Severity.INFORMATION if expected else Severity.WARNING, "", "", words)]
        words = "No table with figures was found in the file. Check that it is the right file."
        return [Finding(Severity.ERROR, "", "", words)]
    if expected is None:
        words = "The workbook answers no expected return."
        return [Finding(Severity.WARNING, "", "", words)]
    measures = {one.code: one for one in facts.measures}
    keys = [figure.observation.key for figure in figures]
    another = checks.another_quarter(expected, [(key.period, measures[key.measure]) for key in keys])
    return [*([another] if another is not None else []), *_missing(expected, figures, facts)]


def _is_unfilled(expected: ExpectedReturn | None, figures: Sequence[StagedFigure]) -> bool:
    """Whether a form of ours brings nothing for its own period and changes nothing."""
    own = [figure for figure in figures if expected and expected.period.contains(figure.observation.key.period)]
    return not own and all(figure.change is Change.UNCHANGED for figure in figures)


def _has_numbers(recognised: Recognised) -> bool:
    return any(
        point.number is not None
        for sheet in recognised.sheets
        for table in sheet.tables
        for series in table.series
        for point in series.points
    )


def _missing(expected: ExpectedReturn, figures: Sequence[StagedFigure], facts: Facts) -> list[Finding]:
    held = {figure.observation.key.measure for figure in figures}
    labels = {measure.code: measure.label for measure in facts.measures}
    missing = [f"“{labels.get(code, code)}”" for code in expected.measures if code not in held]
    if not missing:
        return []
    words = f"The return should also hold {', '.join(missing)}; no figures were found."
    return [Finding(Severity.WARNING, "", "", words)]
