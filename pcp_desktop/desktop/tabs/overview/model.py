"""The overview's rows for the tree: themes over measures, filtered and sorted; drawing belongs in overview_cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.formats import NO_VALUE, counted
from pcp_desktop.domain.pages import MeasureRow, OverviewPage, ThemeRows
from pcp_desktop.domain.status import Mark, Status

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_HIDDEN_AT_WORK = (ClearanceState.EMBARGOED, ClearanceState.CONFIDENTIAL)
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The overview's columns."""

    STATUS = 0
    CODE = 1
    MEASURE = 2
    BASELINE = 3
    LATEST = 4
    CHANGE = 5
    SERIES = 6
    PROJECTION = 7
    POSITION = 8
    CLEARANCE = 9


NUMERIC = (Column.BASELINE, Column.LATEST, Column.CHANGE, Column.PROJECTION, Column.POSITION)
VALUES = (Column.BASELINE, Column.LATEST, Column.CHANGE, Column.SERIES, Column.PROJECTION, Column.POSITION)


@dataclass(frozen=True)
class Filter:
    """Which rows are shown: of these statuses (none: all), this theme (empty: all), holding every word."""

    statuses: frozenset[Status] = frozenset()
    theme: str = ""
    words: str = ""

    def keeps(self, row: MeasureRow, hidden: bool) -> bool:
        """Whether a row is shown; a held row whose status is hidden counts as not assessed."""
        text = f"{row.priority} {row.label} {row.area}".casefold()
        status = Status.NOT_ASSESSED if hidden else row.status
        return (not self.statuses or status in self.statuses) and all(
            word in text for word in self.words.casefold().split()
        )


@dataclass(frozen=True)
class Shown:
    """A row as it is drawn: `hidden` when its figures are held back, `mark` and `word` its status.

    `plain` is a row held back from the public: its reason stands alone, and no mark says what kind of hold it is.
    """

    row: MeasureRow
    hidden: bool
    mark: Mark
    word: str
    plain: bool = False


class OverviewModel(QAbstractItemModel):
    """Two levels: themes and their rows; `reveal` shows held figures, which a public page does not have."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.page: OverviewPage | None = None
        self.themes: list[tuple[ThemeRows, list[Shown]]] = []
        self.revealed = False
        self.marks_only = False  # clearance has room for its mark alone, and none for the word in its header
        self._filter = Filter()
        self._sort: tuple[Column, bool] | None = None

    def show_page(self, page: OverviewPage) -> None:
        """Take a page; a reveal never outlasts the page it was asked for."""
        self.page = page
        self.revealed = False
        self._build()

    def narrow(self, wanted: Filter) -> None:
        """Show only some rows."""
        self._filter = wanted
        self._build()

    def reveal(self, revealed: bool) -> None:
        """Show held figures, in the working view only."""
        self.revealed = revealed and self.page is not None and self.page.audience is Audience.WORKING
        self._build()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort within themes; a negative column brings the plan's own order back."""
        self._sort = (Column(column), order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._build()

    def count(self, statuses: Status) -> int:
        """How many rows of the page have a status as it is shown."""
        return sum(1 for theme in self._page_themes() for row in theme.rows if self._shown(row).word == statuses.word)

    def held(self) -> int:
        """How many rows are held back."""
        return sum(1 for theme in self._page_themes() for row in theme.rows if self._hidden(row))

    def _page_themes(self) -> tuple[ThemeRows, ...]:
        return self.page.themes if self.page is not None else ()

    def _hidden(self, row: MeasureRow) -> bool:
        """A public page hides every held row; the working view only what nobody may see yet, until it is revealed."""
        if self.page is not None and self.page.audience is Audience.WORKING:
            return row.clearance.state in _HIDDEN_AT_WORK and not self.revealed
        return bool(row.held_words)

    def _shown(self, row: MeasureRow) -> Shown:
        hidden = self._hidden(row)
        at_work = self.page is not None and self.page.audience is Audience.WORKING
        if hidden and row.clearance.state is ClearanceState.EMBARGOED and at_work:
            return Shown(row, True, Mark.EMBARGOED, "Embargoed")
        status = Status.NOT_ASSESSED if hidden else row.status
        return Shown(row, hidden, status.mark, status.word, plain=hidden and not at_work)

    def _build(self) -> None:
        self.beginResetModel()
        self.themes = []
        for theme in self._page_themes():
            if self._filter.theme and theme.theme != self._filter.theme:
                continue
            kept = [self._shown(row) for row in theme.rows if self._filter.keeps(row, self._hidden(row))]
            if self._sort is not None:
                column, downwards = self._sort
                known = [each for each in kept if _sort_key(each, column) is not None]
                known.sort(key=lambda each: _sort_key(each, column) or 0, reverse=downwards)
                kept = known + [each for each in kept if _sort_key(each, column) is None]
            if kept:
                self.themes.append((theme, kept))
        self.endResetModel()

    # -- Qt's model

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self.themes)
        return len(self.themes[parent.row()][1]) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt's signature
        return len(Column)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        above = child.internalId()
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        above = index.internalId()
        if not above:
            return self._theme_data(index, role)
        shown = self.themes[above - 1][1][index.row()]
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.UserRole:
                return shown
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(shown, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row_sentence(shown) if column is Column.STATUS else cell_sentence(shown, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tool_tip(shown, column)
        return None

    def _theme_data(self, index: Index, role: int) -> Any:
        theme, rows = self.themes[index.row()]
        if index.column() != 0:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return theme
            case Qt.ItemDataRole.DisplayRole:
                return theme.theme
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{theme.theme}, {counted(len(rows), 'measure')}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if Column(section) in NUMERIC else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        baseline = self.page.baseline_words if self.page else "Baseline"
        since = self.page.since_words if self.page else "Series"
        words = ("Status", "No.", "Measure", baseline, "Latest", "Change", since, "Projection", "MSG", "Clearance")
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if self.marks_only and Column(section) is Column.CLEARANCE else words[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words[section]
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) is Column.LATEST and self.page is not None:
            return self.page.latest_words
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) is Column.PROJECTION:
            return "80% interval of the projected total of the year that is not over"
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) is Column.POSITION:
            return "Position in the most similar group, 1st is best"
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) is Column.CLEARANCE:
            return "Clearance: whether the figures may be published"
        return None


def change_text(row: MeasureRow) -> str:
    """Change and percent change in one text: `+79, +2.0%`."""
    parts = [figure.shown for figure in (row.change, row.change_percent) if figure.shown not in ("", NO_VALUE)]
    return ", ".join(parts) or NO_VALUE


def cell_text(shown: Shown, column: Column) -> str:
    """What a cell shows; the values of a held row are one sentence."""
    row = shown.row
    if shown.hidden and column in VALUES:
        return row.held_words if column is VALUES[0] else ""
    match column:
        case Column.STATUS:
            return shown.word
        case Column.CODE:
            return row.priority
        case Column.MEASURE:
            return row.label
        case Column.BASELINE:
            return row.baseline.shown
        case Column.LATEST:
            return f"{row.latest.shown} {row.latest.sign}".strip()
        case Column.CHANGE:
            return change_text(row)
        case Column.SERIES:
            return row.line
        case Column.PROJECTION:
            return row.projection.interval if row.projection is not None else row.unprojected or NO_VALUE
        case Column.POSITION:
            return row.position_shown or NO_VALUE
    return row.clearance.words


def cell_sentence(shown: Shown, column: Column) -> str:
    """What a screen reader says of a cell."""
    row, text = shown.row, cell_text(shown, column)
    if shown.hidden and column in VALUES:
        return row.held_words
    match column:
        case Column.CODE:
            return f"Priority {row.priority}"
        case Column.BASELINE:
            return f"Baseline {text}" if text != NO_VALUE else "No baseline"
        case Column.LATEST:
            return f"Latest {text}" if text != NO_VALUE else "No latest figure"
        case Column.CHANGE:
            return _change_sentence(row)
        case Column.SERIES:
            return text or "Series drawn as a small line"
        case Column.PROJECTION:
            if row.projection is not None:
                return row.projection.words
            return f"No projection. {row.unprojected_reason}".strip()
        case Column.POSITION:
            return f"{text} of {row.position[1]} in the most similar group" if row.position else "No rank"
    return text


def row_sentence(shown: Shown) -> str:
    """A whole row as one reading."""
    row = shown.row
    if shown.hidden:
        return f"{row.priority} {row.label}: {shown.word}. {row.held_words}."
    return f"{row.priority} {row.label}: {shown.word}. {_change_sentence(row)}. {row.clearance.words}."


def _change_sentence(row: MeasureRow) -> str:
    old, new = row.baseline, row.latest
    if old.value is None or new.value is None or row.change.value is None:
        return f"Stands at {new.shown}" if new.value is not None else row.line or "No figure"
    moved = "Rose" if row.change.value > 0 else "Fell" if row.change.value < 0 else "Stayed the same"
    if moved == "Stayed the same":
        return f"{moved} at {new.shown}"
    by = f", {row.change_percent.shown}" if row.change_percent.shown not in ("", NO_VALUE) else ""
    return f"{moved} from {old.shown} to {new.shown}{by}"


def _tool_tip(shown: Shown, column: Column) -> str | None:
    row = shown.row
    if shown.hidden and column in VALUES:
        return row.held_words
    if column is Column.STATUS and not shown.hidden:
        return row.assessment.by_hand or row.assessment.reason
    if column is Column.MEASURE:
        rank = f"{row.position_shown} in the most similar group" if row.position and not shown.hidden else ""
        line = row.held_words if shown.hidden else row.line
        ahead = row.projection.words if row.projection is not None and not shown.hidden else ""
        return "\n".join(words for words in (row.label, line, ahead, rank, row.clearance.words) if words)
    if column in (Column.BASELINE, Column.LATEST):
        figure = row.baseline if column is Column.BASELINE else row.latest
        lines = [figure.period.label] if figure.period is not None else []
        lines += [source.label for source in figure.sources[:5]]
        return "\n".join(lines) or None
    if column is Column.PROJECTION and cell_text(shown, column) != NO_VALUE:
        return row.projection.words if row.projection is not None else row.unprojected_reason
    return cell_text(shown, column) or None


def _sort_key(shown: Shown, column: Column) -> float | str | tuple[int, str] | None:
    row = shown.row
    if shown.hidden and column in VALUES:
        return None
    match column:
        case Column.STATUS:
            return list(Status).index(Status.NOT_ASSESSED if shown.hidden else row.status)
        case Column.CODE:
            digits = "".join(letter for letter in row.priority if letter.isdigit())
            return (int(digits or 0), row.priority)
        case Column.BASELINE:
            return row.baseline.value
        case Column.LATEST:
            return row.latest.value
        case Column.CHANGE:
            return row.change_percent.value if row.change_percent.value is not None else row.change.value
        case Column.PROJECTION:
            return row.projection.exact if row.projection is not None else None
        case Column.POSITION:
            return float(row.position[0]) if row.position else None
        case Column.SERIES:
            return row.line
        case Column.CLEARANCE:
            return row.clearance.words
    return row.label.casefold()
