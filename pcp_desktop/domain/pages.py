"""Pages: what a tab and a paper show, fully resolved. A renderer of these decides nothing but ink."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.judgements import ChosenLimits
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import ReturnRecord
from pcp_desktop.domain.status import Assessment, Status

# ---------------------------------------------------------------- figures and sentences


@dataclass(frozen=True)
class Figure:
    """A figure as it is shown, with where it comes from.

    `value` is unrounded (None where there is none), `shown` the printed text ("4,014", "86.5%", "–", "[c]"),
    `period` its own period, `sign` the marker ("[p]") and `sources` every cell that went into it.
    """

    value: float | None
    shown: str
    period: Period | None = None
    sign: str = ""
    sources: tuple[Source, ...] = ()


NO_FIGURE = Figure(None, "–")


@dataclass(frozen=True)
class Sentence:
    """One sentence about the figures; `bold` are the parts of it that are figures."""

    text: str
    bold: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """A table with one header row; `numeric` says which columns are right aligned; `strong_rows` are totals."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    strong_rows: tuple[int, ...] = ()


# ---------------------------------------------------------------- charts


class ChartKind(StrEnum):
    """What a chart is; each kind reads the fields of ChartSpec that it needs."""

    CONTROL = "control chart"
    ROLLING = "rolling 12 months"
    YEAR_ON_YEAR = "year on year"
    PEERS = "most similar group"
    TARGET = "target progress"
    AREAS = "by area"
    FUNNEL = "funnel"
    SAVINGS = "savings waterfall"
    LINE = "line"


class Signal(StrEnum):
    """The label a control chart rule gives a point."""

    NONE = "none"
    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


class Direction(StrEnum):
    """Whether a signal is good news."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    NEUTRAL = "neutral"


class SeriesRole(StrEnum):
    """How a line or bar is drawn: this series, the year before, older years, a peer, or what is only projected."""

    THIS = "this"
    LAST = "last"
    OLDER = "older"
    PRIOR = "prior"
    PEER = "peer"
    PROJECTED = "projected"


@dataclass(frozen=True)
class ChartPoint:
    """One period of one series.

    `value` is None for a missing period (a gap, never a zero). `note` is the point's own line in the hover card
    ("Provisional. Within limits."). `source` is None for a computed point. `low` and `high` are the ends of its
    interval, in a waterfall those of its bar. `at` is where a point of a funnel stands on the x axis.
    """

    period: str
    value: float | None
    shown: str
    note: str = ""
    source: Source | None = None
    signal: Signal = Signal.NONE
    direction: Direction = Direction.NEUTRAL
    low: float | None = None
    high: float | None = None
    at: float | None = None

    def place(self, position: int) -> float:
        """Where the point of a position stands on the x axis."""
        return position if self.at is None else self.at


@dataclass(frozen=True)
class ChartSeries:
    """A line of points on the chart's x positions (index = position), the bars of a bar chart, forces in a funnel."""

    name: str
    role: SeriesRole
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class LimitSegment:
    """Mean and limits over positions `first` to `last` (inclusive). `standing` is "", "provisional" or "trial".

    Limits that follow the year or each point's base are `varying`: lower limit, mean and upper limit at each of the
    positions, None where a position has none; `mean`, `lower` and `upper` are then those at the last that has them.
    """

    first: int
    last: int
    mean: float
    lower: float
    upper: float
    standing: str = ""
    varying: tuple[tuple[float, float, float] | None, ...] = ()

    @property
    def words(self) -> str:
        """What stands beside the limits; the limits are provisional, not the figures."""
        return f"{self.standing} limits" if self.standing else ""

    def at(self, position: int) -> tuple[float, float, float] | None:
        """Lower limit, mean and upper limit at a position; None outside the segment and where it has none."""
        if not self.first <= position <= self.last:
            return None
        return self.varying[position - self.first] if self.varying else (self.lower, self.mean, self.upper)

    @property
    def runs(self) -> tuple[tuple[tuple[int, tuple[float, float, float]], ...], ...]:
        """Neighbouring positions with varying limits, each run as (position, limits); none where limits are flat."""
        found: list[list[tuple[int, tuple[float, float, float]]]] = [[]]
        for position, limits in enumerate(self.varying, self.first):
            if limits is not None:
                found[-1].append((position, limits))
            elif found[-1]:
                found.append([])
        return tuple(tuple(run) for run in found if run)


@dataclass(frozen=True)
class ChartMark:
    """Something at one x position (fractional between points): a break or an event."""

    position: float
    label: str


@dataclass(frozen=True)
class Tick:
    """One tick: its position on the axis and its text."""

    position: float
    text: str


@dataclass(frozen=True)
class YearSpan:
    """A year written under the month ticks between two x positions."""

    first: float
    last: float
    text: str


@dataclass(frozen=True)
class EndLabel:
    """A label at the right end of a line, at `value`; the renderer moves labels apart but changes no text."""

    value: float
    text: str
    strong: bool = False
    role: SeriesRole | None = None


@dataclass(frozen=True)
class ChartSpec:
    """A chart, fully resolved.

    X positions are 0 … length-1, one a period (or a bar). `y_low` and `y_high` are the ends of the value axis and
    `y_ticks` its labelled lines. `baseline` is the band of the baseline year as first and last position, with its
    label. `reference` is a horizontal dashed line (baseline or target) with its label. `title` states the finding in
    at most 90 characters; `subtitle` says what, unit, period and kind; `alt` is the text alternative; `source` the
    source line. `table` is the twin table of the same numbers. `days` are the first and last day of each position of
    a control chart. `held` says what of it may not be published: every copy of it then carries the mark.
    """

    key: str
    kind: ChartKind
    title: str
    subtitle: str
    alt: str
    source: str
    unit: str
    length: int
    series: tuple[ChartSeries, ...]
    y_low: float
    y_high: float
    y_ticks: tuple[Tick, ...]
    table: TableSpec
    x_ticks: tuple[Tick, ...] = ()
    years: tuple[YearSpan, ...] = ()
    limits: tuple[LimitSegment, ...] = ()
    baseline: tuple[int, int, str] | None = None
    breaks: tuple[ChartMark, ...] = ()
    events: tuple[ChartMark, ...] = ()
    end_labels: tuple[EndLabel, ...] = ()
    reference: EndLabel | None = None
    days: tuple[tuple[date, date], ...] = ()
    held: HeldFigures | None = None


@dataclass(frozen=True)
class Sparkline:
    """A small series for a table row; `band` is lower and upper limit of each value, empty where none are allowed."""

    values: tuple[float | None, ...]
    band: tuple[tuple[float, float] | None, ...] = ()


# ---------------------------------------------------------------- clearance as shown


@dataclass(frozen=True)
class ClearanceShown:
    """A clearance as a row shows it: the state, its words ("Cleared 3 Feb"), and until when a hold lasts."""

    state: ClearanceState
    words: str
    until: str = ""


# ---------------------------------------------------------------- why


@dataclass(frozen=True)
class NewLevel:
    """A start that a new level can have: its first day, and the period that begins then ("April 2014")."""

    first: date
    words: str


@dataclass(frozen=True)
class Why:
    """The working behind a status, in words a councillor understands, and printable.

    `explanation` is what led to the status; `beside` are the facts that always stand beside it: the last 12 months on
    the 12 before, and where the year is heading. `levels` are offered and not taken, `starts` are all
    at which one may begin; `chosen` are the limits that a person took. `screened` says that far moving ranges are
    left out of the limits, which a person can switch off.
    """

    heading: str
    explanation: tuple[Sentence, ...]
    table: TableSpec | None
    rule: str
    signals: str
    caveats: tuple[str, ...]
    passport: tuple[tuple[str, str], ...]
    beside: tuple[Sentence, ...] = ()
    levels: tuple[NewLevel, ...] = ()
    starts: tuple[NewLevel, ...] = ()
    chosen: tuple[ChosenLimits, ...] = ()
    screened: bool = False


# ---------------------------------------------------------------- the pages


@dataclass(frozen=True)
class ProjectedTotal:
    """The projected total of a year that is not over, never without its 80% interval; all as they are printed.

    `year` is its label ("2015/16"), `exact` the unrounded total.
    """

    year: str
    value: str
    low: str
    high: str
    exact: float

    @property
    def interval(self) -> str:
        """The interval alone: "3,640–4,280"."""
        return f"{self.low}–{self.high}"

    @property
    def words(self) -> str:
        """Total and interval in words: "2015/16 projected: 3,960 (80% interval 3,640 to 4,280)"."""
        return f"{self.year} projected: {self.value} (80% interval {self.low} to {self.high})"


@dataclass(frozen=True)
class MeasureRow:
    """A measure's line on the overview, the dashboard and in `status --json`.

    For an audience that may not see the figures every figure is NO_FIGURE, `status` is not assessed, `sparkline`,
    `position` and `change` are empty, and `held_words` says why. In the working view of a held measure the figures
    are there, `held_words` is set, and the widget shows them only when asked to. `line` is what stands in place of a
    sparkline ("No baseline yet"). `position` is (rank, of how many, tied). `projection` is of the first year that is
    not over, where the measure can be projected; else `unprojected` says in a word or two why not, and
    `unprojected_reason` in a sentence.
    """

    measure: str
    priority: str
    area: str
    label: str
    unit: str
    lead: bool
    assessment: Assessment
    baseline: Figure
    latest: Figure
    change: Figure
    change_percent: Figure
    position: tuple[int, int, bool] | None
    position_shown: str
    sparkline: Sparkline | None
    line: str
    clearance: ClearanceShown
    held_words: str = ""
    notes: tuple[str, ...] = ()
    projection: ProjectedTotal | None = None
    unprojected: str = ""
    unprojected_reason: str = ""

    @property
    def status(self) -> Status:
        """The status of the row's assessment."""
        return self.assessment.status


@dataclass(frozen=True)
class ThemeRows:
    """A theme's heading with its measures; `counts` of its rows by status."""

    theme: str
    rows: tuple[MeasureRow, ...]
    counts: tuple[tuple[Status, int], ...]


@dataclass(frozen=True)
class Note:
    """A note under the dashboard: what it is about (a priority code, or empty) and its text."""

    about: str
    text: str


@dataclass(frozen=True)
class OverviewPage:
    """The overview tab, and the dashboard paper when built for the public.

    `themes` hold the lead measures (what the overview and dashboard list), `all_rows` every measure and area.
    `summary` counts the listed measures by status; `held` how many listed measures are held; `sentence` says the
    summary in words.
    """

    panel: str
    plan: str
    audience: Audience
    period: Period
    latest_words: str
    baseline_words: str
    since_words: str
    themes: tuple[ThemeRows, ...]
    all_rows: tuple[MeasureRow, ...]
    summary: tuple[tuple[Status, int], ...]
    held: int
    sentence: str
    scope: str
    notes: tuple[Note, ...]
    key: tuple[tuple[Status, str], ...]
    accepted_words: str
    meeting: date | None = None


@dataclass(frozen=True)
class HeadlineFact:
    """One fact of the headline strip: a label over a value, with a smaller second part."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class MeasurePanel:
    """One measure on its priority's tab: headline, charts and working.

    `main` is None where no chart is allowed or possible; `main_absent` then says why in one sentence. `small` stand
    beside it; `others` are drawn when they are chosen. `held` says what of it may not be published, in the working
    view.
    """

    row: MeasureRow
    polarity: str
    organisation: str
    facts: tuple[HeadlineFact, ...]
    main: ChartSpec | None
    main_absent: str
    small: tuple[ChartSpec, ...]
    why: Why
    text: tuple[Sentence, ...] = ()
    others: tuple[ChartSpec, ...] = ()
    held: HeldFigures | None = None

    @property
    def charts(self) -> tuple[ChartSpec, ...]:
        """Every chart of the measure, the main one first; no two are of one kind."""
        return (*((self.main,) if self.main is not None else ()), *self.small, *self.others)


@dataclass(frozen=True)
class PriorityPage:
    """The tab of one priority."""

    audience: Audience
    period: Period
    code: str
    title: str
    status: Status
    held: bool
    measures: tuple[MeasurePanel, ...]


@dataclass(frozen=True)
class PriorityTab:
    """A priority's entry in the tab bar: code, the lead measure's name, status and whether it is held."""

    code: str
    name: str
    status: Status
    held: bool


@dataclass(frozen=True)
class ReturnsPage:
    """The board of expected returns of a quarter; `due_words` and the like are made by the page builder."""

    period: Period
    rows: tuple[ReturnRow, ...]
    counts: tuple[tuple[str, int], ...]
    scope: str


@dataclass(frozen=True)
class ReturnRow:
    """One expected or received return with everything its row and inspector show.

    `steps` are the four steps expected, received, checked, accepted: "done", "open" or "stuck".
    """

    record: ReturnRecord
    title: str
    organisation: str
    due: str
    steps: tuple[str, str, str, str]
    state: str
    state_group: str
    clearance: ClearanceShown
    board: str
    explanation: str
    holds_back: str
    sentence: str
    history: tuple[tuple[str, str], ...] = field(default=())


Page = OverviewPage | PriorityPage | ReturnsPage
