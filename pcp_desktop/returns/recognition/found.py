"""What is found in a workbook without knowing any plan: sheets, tables, series with labels, points with periods."""

from __future__ import annotations

from dataclasses import dataclass

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import Finding
from pcp_desktop.returns.files.workbook import address


@dataclass(frozen=True)
class Point:
    """One cell of a table. `number` is as stored (86.5% written as text is 86.5); `text` is set for words alone.

    `is_total` says that a heading calls it a total. `written_percent` says that the cell itself is shown as percent.
    `unclear_period` is the heading where that may mean two periods (`Q1 2015`). `is_blank` is set for empty
    cells, `is_dated` where its own headings say the period and not a title.
    """

    row: int
    column: int
    period: Period | None
    number: float | None
    marker: Marker
    mark: str = ""
    text: str | None = None
    is_total: bool = False
    written_percent: bool = False
    scale: float = 1.0
    unclear_period: str = ""
    is_blank: bool = False
    is_dated: bool = False

    @property
    def cell(self) -> str:
        """The address as Excel shows it."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Series:
    """Points under one set of labels. `sections`, `row_words` and `column_words` run from the outermost inwards.

    `written` are the labels as they stand in the workbook, with their footnote marks and the word total. `blanks` are
    the empty cells among the points: nothing is said there, and nothing is stored. `title` is the table's where no
    label in it says more than a period or a unit.
    """

    sections: tuple[str, ...]
    row_words: tuple[str, ...]
    column_words: tuple[str, ...]
    points: tuple[Point, ...]
    unit: str = ""
    percent_as: str | None = None
    written: tuple[str, ...] = ()
    blanks: tuple[Point, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """What a person knows it by: its labels, under the table's title where these name nothing."""
        return " / ".join(word for word in (self.title, *self.label) if word)

    @property
    def label(self) -> tuple[str, ...]:
        """All words from the outermost heading inwards."""
        return (*self.sections, *self.row_words, *self.column_words)


@dataclass(frozen=True)
class FoundTable:
    """A table with its range, the lines that stand over it, and its series; `by_hand` where its region was marked."""

    range: str
    titles: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class FoundSheet:
    """A sheet with its tables (none where it is hidden) and the lines that stand outside them."""

    name: str
    hidden: bool
    tables: tuple[FoundTable, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """Everything found in a workbook. `explained` are the marks in the place of a value of which a note says why."""

    file: str
    sheets: tuple[FoundSheet, ...]
    findings: tuple[Finding, ...]
    explained: frozenset[str] = frozenset()
