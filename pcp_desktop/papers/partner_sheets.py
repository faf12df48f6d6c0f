"""The sheets of a partner's workbook: what stands in each table. How they are written belongs to partner_xlsx."""

from __future__ import annotations

from pcp_desktop.domain.observations import Part
from pcp_desktop.domain.pages import MeasureRow, ReturnRow
from pcp_desktop.domain.partners import PartnerPage, PartnerSeries, UsedFigure
from pcp_desktop.papers.sheets import NOT_AVAILABLE, SHORTHAND, Cell, Number, Sheet, figure_cell, unused_name
from pcp_desktop.papers.table_book import ONE_TABLE

MEASURES, RETURNS, TO_COME, NOTES = "Your measures", "Your returns", "Still to come", "Notes"
NOTHING_TO_COME = "Nothing"
SHORTHAND_ON_NOTES = f"{ONE_TABLE} Shorthand is explained on the {NOTES} worksheet."
_PARTS = {Part.VALUE: "Figure", Part.NUMERATOR: "Numerator", Part.DENOMINATOR: "Base"}
_NO_REASON = "None"


def sheets_of(page: PartnerPage) -> tuple[Sheet, ...]:
    """Every sheet after the cover, in order."""
    used = {"Cover", "Contents", NOTES, MEASURES, RETURNS, TO_COME}
    return (
        _notes(page),
        _measures(page),
        _returns(page),
        _to_come(page),
        *(_series(page, one, unused_name(f"{one.priority} {one.name}", "", used)) for one in page.series),
    )


def _notes(page: PartnerPage) -> Sheet:
    rows: list[tuple[Cell, ...]] = [*SHORTHAND, ("[z]", "Not applicable: a figure would have no meaning here.")]
    rows += [(status.word, text) for status, text in page.key]
    rows += [
        ("Figure as stored", "The figure as it was read from your workbook, unrounded; percentages in points."),
        ("Figure as shown", "The same figure as the Panel’s papers print it."),
        ("File, Sheet, Cell", "Where in your workbook the figure was read."),
    ]
    return Sheet(
        NOTES, "Notes and shorthand", ONE_TABLE, "", "", ("Sign or term", "Meaning"), tuple(rows), (False,) * 2
    )


# ---------------------------------------------------------------- measures


def _measures(page: PartnerPage) -> Sheet:
    columns = (
        "Priority",
        "Measure",
        "Area",
        "Unit",
        f"Baseline {page.baseline_words}",
        "Latest period",
        "Latest figure",
        "Marker",
        "Change",
        "Change in percent",
        "Status",
        "Why",
        "Publication",
    )
    return Sheet(
        name=MEASURES,
        title=f"Your measures, {page.period.label}",
        instructions=SHORTHAND_ON_NOTES,
        scope="Of a measure that several organisations supply, your own part and what is published of the rest.",
        source="",
        columns=columns,
        rows=tuple(_measure(row) for row in page.rows),
        numeric=tuple(column in (4, 6, 8, 9) for column in range(len(columns))),
    )


def _measure(row: MeasureRow) -> tuple[Cell, ...]:
    """A measure or a part of it: its figures where this organisation may see them, else why there are none."""
    known = row.latest.period is not None
    return (
        row.priority,
        row.label,
        row.area,
        row.unit,
        figure_cell(row.baseline),
        row.latest.period.label if row.latest.period is not None else NOT_AVAILABLE,
        figure_cell(row.latest),
        row.latest.sign or _NO_REASON,
        figure_cell(row.change),
        figure_cell(row.change_percent),
        row.status.word,
        row.assessment.by_hand or row.assessment.reason or row.assessment.short_reason or _NO_REASON,
        row.held_words or (row.clearance.words if known else _NO_REASON),
    )


# ---------------------------------------------------------------- returns


def _returns(page: PartnerPage) -> Sheet:
    columns = ("Return", "Due", "State", "File", "Figures used", "Governing board", "Clearance")
    rows: tuple[tuple[Cell, ...], ...] = tuple(_return(row) for row in page.returns)
    return Sheet(
        name=RETURNS,
        title=f"Your returns for {page.period.label}",
        instructions=ONE_TABLE,
        scope="What was expected of you, what came, and how many of its figures are in use.",
        source="",
        columns=columns,
        rows=rows or ((_NO_REASON, *[NOT_AVAILABLE] * (len(columns) - 1)),),
        numeric=tuple(column == 4 for column in range(len(columns))),
    )


def _return(row: ReturnRow) -> tuple[Cell, ...]:
    file = row.record.file
    return (
        row.title,
        row.due,
        row.state,
        file.name if file is not None else "Not received",
        Number(row.record.figures, 0),
        row.board,
        row.clearance.words,
    )


def _to_come(page: PartnerPage) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.about, one.period, one.words) for one in page.to_come)
    return Sheet(
        name=TO_COME,
        title=f"Still missing or queried, {page.period.label}",
        instructions=ONE_TABLE,
        scope="",
        source="",
        columns=("Return or measure", "When", "What is missing or queried"),
        rows=rows or ((NOTHING_TO_COME, page.period.label, "Nothing is missing or queried."),),
        numeric=(False,) * 3,
    )


# ---------------------------------------------------------------- figures


def _series(page: PartnerPage, series: PartnerSeries, name: str) -> Sheet:
    held = f" {series.held_words}: these figures are for {page.organisation} alone." if series.held_words else ""
    columns = ("Area", "Period", "Part", "Figure as stored", "Figure as shown", "Marker", "File", "Sheet", "Cell")
    return Sheet(
        name=name,
        title=f"{series.priority} {series.label}: every figure, {series.unit}",
        instructions=f"{SHORTHAND_ON_NOTES}{held}",
        scope="",
        source="",
        columns=columns,
        rows=tuple(_figure(one) for one in series.figures),
        numeric=tuple(column in (3, 4) for column in range(len(columns))),
    )


def _figure(used: UsedFigure) -> tuple[Cell, ...]:
    one = used.observation
    stored: Cell = one.text if one.text is not None else NOT_AVAILABLE
    if one.value is not None:
        stored = Number(one.value, None)
    return (
        one.key.area,
        one.key.period.label,
        _PARTS[one.key.part],
        stored,
        used.shown,
        one.marker.value.capitalize(),
        one.source.file,
        one.source.sheet or "None (text file)",
        one.source.cell,
    )
