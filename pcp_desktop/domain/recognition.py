"""Recognition: what a person is asked about a workbook, what they answered, and the picture of a sheet beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAVE_OUT = ""
"""The answer that leaves a row, a column or a period out."""

BY_FIGURES = "its figures"
"""Who answered, where nobody was asked because all figures under a doubtful label were those already stored."""


class QuestionKind(StrEnum):
    """What is asked: what a label, a period, a sign in the place of a figure is, which return a workbook answers.

    A REGION is asked about where a person marks it, and again where the sheet is no longer as it was marked. A NOTE
    is never asked for: a person adds it to a figure while reviewing it.
    """

    MEASURE = "measure"
    PERIOD = "period"
    SIGN = "sign"
    RETURN = "return"
    REGION = "region"
    NOTE = "note"


class MarkSort(StrEnum):
    """What a person says that a region of a sheet is: a table of its own, headings, or nothing to be read."""

    FIGURES = "figures"
    HEADINGS = "headings"
    LEFT_OUT = "left out"

    @property
    def words(self) -> str:
        """What it is, as the window says it."""
        return _MARK_WORDS[self]


_MARK_WORDS = {
    MarkSort.FIGURES: "Figures of a table, with their headings",
    MarkSort.HEADINGS: "Headings or labels",
    MarkSort.LEFT_OUT: "Not data: leave it out",
}


@dataclass(frozen=True)
class Mark:
    """A region of a sheet that a person marked by hand: its sort, its sheet and its range (`A4:F9`).

    `headings` are the lasting words in and around it, by which the next return is held against it; empty where it was
    marked in this very workbook.
    """

    sort: MarkSort
    sheet: str
    range: str
    headings: str = ""

    @property
    def answer(self) -> str:
        """The mark as an Answer holds it: a line each for sort, range and sheet, then the headings."""
        return "\n".join((self.sort, self.range, self.sheet, self.headings)).rstrip("\n")

    @property
    def key(self) -> str:
        """What an answer about it is kept under, wherever it moves later."""
        return f"{self.sheet}!{self.range}"

    @staticmethod
    def of(answer: str) -> Mark:
        """The mark that an Answer holds; ValueError where it holds none."""
        sort, where, sheet, *headings = answer.split("\n", 3)
        return Mark(MarkSort(sort), sheet, where, "".join(headings))


class RelativePeriod(StrEnum):
    """A period said by the quarter of the return, so that the answer holds for the next return as well."""

    QUARTER = "quarter"
    LAST_MONTH = "last month"
    TWELVE_MONTHS = "12 months"
    YEAR_TO_DATE = "year to date"
    FINANCIAL_YEAR = "financial year"


@dataclass(frozen=True)
class Choice:
    """One answer that is offered, the most likely first, with what speaks for it."""

    answer: str
    words: str
    evidence: str = ""


@dataclass(frozen=True)
class Question:
    """Something doubtful about a workbook.

    `key` is the same for the next return of the same layout; `label` is how the workbook says it; `sheet` and `cell`
    are where it stands. `words` is the question ("What is “TFMV”?") and `detail` why it is asked.
    """

    kind: QuestionKind
    key: str
    label: str
    sheet: str
    cell: str
    words: str
    detail: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Answer:
    """What a person answered, kept for the organisation's next return.

    `answer` is `LEAVE_OUT`; for a MEASURE its code and area (`theft-from-vehicle@Leicester City`, the whole area
    without `@`); for a PERIOD a RelativePeriod; for a SIGN a Marker; for a RETURN `organisation|title`; for a REGION
    a Mark; for a NOTE its words, empty where it was taken away. `file` is the workbook it was given for, and `by` who
    gave it, or `BY_FIGURES`.
    """

    kind: QuestionKind
    key: str
    label: str
    answer: str
    organisation: str = ""
    file: str = ""
    on: date | None = None
    by: str = ""


class RegionKind(StrEnum):
    """What a cell of a sheet was taken for."""

    TITLE = "title"
    MEASURE = "measure"
    PERIOD = "period"
    VALUE = "value"
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True)
class SheetPicture:
    """A sheet as it is shown: displayed texts from A1, merged cells, hidden rows and columns (counted from 0).

    `numbers` are the cells that hold a number or a day and stand right aligned; `regions` are those that were taken
    for something, and `left_out` says why a sheet was not read ("Hidden"). `marked` are the regions that a person
    marked by hand: first row and column, last row and column, and what they are.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    numbers: frozenset[tuple[int, int]] = frozenset()
    regions: tuple[tuple[int, int, RegionKind], ...] = ()
    left_out: str = ""
    marked: tuple[tuple[tuple[int, int, int, int], MarkSort], ...] = ()


@dataclass(frozen=True)
class RecognisedLabel:
    """A label of a table and the measure that it was taken for; `measure` is empty where it was taken for none.

    `cell` is where the label stands, and `answer` what an Answer would hold that says the same.
    `key` is what an answer about it is kept under, so that any label can be put right, asked about or not.
    `how` says what led to it ("a name used before", "answered on 18 January 2016"); `asked` that it is a question.
    """

    key: str
    label: str
    measure: str
    cell: str
    how: str = ""
    asked: bool = False
    answer: str = ""


@dataclass(frozen=True)
class RecognisedTable:
    """A table as the panel beside the sheet lists it; `by_hand` where a person marked its region."""

    sheet: str
    range: str
    title: str
    labels: tuple[RecognisedLabel, ...]
    periods: str
    totals: int = 0
    marks: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True)
class Recognition:
    """Everything the Recognise step shows of a workbook: its sheets, tables and open questions, and what was applied.

    `applied` are the answers that were used, remembered ones and those given for this workbook. `measures` are all
    measures with their areas, in the plan's order: what any label can be said to be. `notes` are those kept on
    figures of the workbook.
    """

    sheets: tuple[SheetPicture, ...] = ()
    tables: tuple[RecognisedTable, ...] = ()
    questions: tuple[Question, ...] = ()
    applied: tuple[Answer, ...] = ()
    measures: tuple[Choice, ...] = ()
    notes: tuple[Answer, ...] = ()
