"""The shapes of the command line's JSON answers, and the same answers in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.pages import Figure, MeasureRow, OverviewPage
from pcp_desktop.domain.recognition import Question
from pcp_desktop.domain.returns import Change, Finding, Review, Severity, StagedFigure

if TYPE_CHECKING:
    from pcp_desktop.workspace import VerifyReport

Shape = dict[str, Any]
_MOST_FINDINGS = 20


def status_shape(page: OverviewPage) -> Shape:
    """The answer of `status`: every measure and area of the page."""
    return {
        "panel": page.panel,
        "period": page.period.label,
        "audience": page.audience.value,
        "measures": [_measure_shape(row) for row in page.all_rows],
    }


def _measure_shape(row: MeasureRow) -> Shape:
    position = None
    if row.position is not None:
        rank, of, tied = row.position
        position = {"rank": rank, "of": of, "tied": tied}
    return {
        "priority": row.priority,
        "measure": row.measure,
        "area": row.area,
        "unit": row.unit,
        "baseline": _figure_shape(row.baseline),
        "latest": _figure_shape(row.latest),
        "change": row.change.value,
        "change_percent": row.change_percent.value,
        "position": position,
        "status": row.status.value,
        "rule": row.assessment.rule,
        "reason": row.assessment.reason,
        "set_by_hand": row.assessment.by_hand or None,
        "clearance": row.clearance.state.value,
        "until": row.clearance.until or None,
    }


def _figure_shape(figure: Figure) -> Shape:
    return {
        "value": figure.value,
        "shown": figure.shown,
        "period": figure.period.as_json if figure.period else None,
        "sources": [{"file": source.file, "sheet": source.sheet, "cell": source.cell} for source in figure.sources],
    }


def status_in_words(page: OverviewPage) -> str:
    """The answer of `status` for reading: one line a measure."""
    lines = [f"{page.panel}, {page.period.label}, {page.audience.value} view", page.sentence, ""]
    for row in page.all_rows:
        said = row.area in ("", _whole_area(page)) or row.label.endswith(f", {row.area}")
        name = row.label if said else f"{row.label}, {row.area}"
        shown = row.held_words if row.clearance.state is not ClearanceState.CLEARED and row.held_words else ""
        figures = shown or f"{row.baseline.shown} → {row.latest.shown} ({row.change.shown})"
        lines.append(f"{row.priority:<5} {name}: {figures}. {row.status.word}.")
    return "\n".join(lines)


def _whole_area(page: OverviewPage) -> str:
    return next((row.area for row in page.all_rows), "")


def review_shape(review: Review, *, accepted: bool, summary: str) -> Shape:
    """The answer of `import` for one workbook."""
    return {
        "file": review.file,
        "organisation": review.organisation,
        "period": review.period.as_json if review.period else None,
        "expected_return": review.expected_code,
        "counts": {change.value: review.counted(change) for change in Change},
        "figures": [_staged_shape(figure) for figure in review.figures if figure.change is not Change.UNCHANGED],
        "findings": [finding_shape(finding) for finding in review.findings],
        "questions": [_question_shape(question) for question in review.recognition.questions],
        "already_accepted": review.already_accepted,
        "accepted": accepted,
        "summary": summary,
    }


def _question_shape(question: Question) -> Shape:
    """What only a person can answer, in the window; `answer` is empty where the label is to be left out."""
    return {
        "kind": question.kind.value,
        "key": question.key,
        "label": question.label,
        "sheet": question.sheet,
        "cell": question.cell,
        "words": question.words,
        "detail": question.detail,
        "choices": [
            {"answer": choice.answer, "words": choice.words, "evidence": choice.evidence}
            for choice in question.choices
        ],
    }


def review_in_words(shape: Shape) -> str:
    """The answer of `import` for one workbook, for reading: its summary, then what a person should look at."""
    found = list(shape.get("findings", ()))
    for figure in shape.get("figures", ()):
        found += figure["findings"]
    worth = [finding for finding in found if finding["severity"] != Severity.INFORMATION.value]
    lines = [_finding_in_words(finding) for finding in worth[:_MOST_FINDINGS]]
    if len(worth) > _MOST_FINDINGS:
        lines.append(f"  and {len(worth) - _MOST_FINDINGS} more; --json gives all.")
    return "\n".join([shape["summary"], *lines])


def _finding_in_words(finding: Shape) -> str:
    place = " ".join(part for part in (finding["sheet"], finding["cell"]) if part)
    return f"  {finding['severity']}: {f'{place}: ' if place else ''}{finding['message']}"


def _staged_shape(figure: StagedFigure) -> Shape:
    key = figure.observation.key
    return {
        "change": figure.change.value,
        "measure": key.measure,
        "area": key.area,
        "period": key.period.as_json,
        "part": key.part.value,
        "stored": _observation_shape(figure.stored),
        "new": _observation_shape(figure.observation),
        "findings": [finding_shape(finding) for finding in figure.findings],
    }


def _observation_shape(observation: Observation | None) -> Shape | None:
    if observation is None:
        return None
    source = observation.source
    return {
        "value": observation.value,
        "text": observation.text,
        "marker": observation.marker.value,
        "source": {"file": source.file, "sheet": source.sheet, "cell": source.cell},
    }


def finding_shape(finding: Finding) -> Shape:
    """A finding as {"severity", "sheet", "cell", "message"}."""
    return {
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
    }


def recognised_in_words(answer: Shape) -> str:
    """The answer of `read` for reading: one line a table and a series."""
    lines = [answer["file"]]
    for sheet in answer["sheets"]:
        hidden = " (hidden)" if sheet["hidden"] else ""
        lines.append(f"  {sheet['name']}{hidden}: {counted(len(sheet['tables']), 'table')}")
        for table in sheet["tables"]:
            lines.append(f"    {table['range']}: {counted(len(table['series']), 'series', 'series')}")
            lines += [
                f"      {' / '.join(series['label'])}: {counted(len(series['points']), 'point')}"
                for series in table["series"]
            ]
    lines += [_finding_in_words(finding) for finding in answer["findings"]]
    return "\n".join(lines)


def verify_shape(panel: Path, report: VerifyReport) -> Shape:
    """The answer of `verify`."""
    return {
        "panel": str(panel),
        "ok": report.ok,
        "schema_version": report.schema_version,
        "log_entries": report.log_entries,
        "log_head": report.log_head,
        "held_accesses": report.held_accesses,
        "problems": list(report.problems),
    }
