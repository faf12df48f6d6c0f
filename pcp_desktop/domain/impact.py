"""Impact: what accepting a return would change in commentary, charts, tables and papers; it is found elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from pcp_desktop.domain.formats import counted, listed
from pcp_desktop.domain.periods import Period


@dataclass(frozen=True)
class ChangedSentence:
    """A sentence of commentary that would read otherwise; `measures` are those whose figures in it change."""

    priority: str
    period: Period
    before: str
    after: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class ChangedPart:
    """A chart or a table's row of a priority that would change, by its title, with the measure it is of."""

    priority: str
    title: str
    measure: str


@dataclass(frozen=True)
class Impact:
    """Everything that shows a figure which would change: in the order of priorities; `papers` by their names."""

    sentences: tuple[ChangedSentence, ...] = ()
    charts: tuple[ChangedPart, ...] = ()
    rows: tuple[ChangedPart, ...] = ()
    papers: tuple[str, ...] = ()

    def of_measure(self, measure: str) -> Impact:
        """What changes because of one measure; papers are named as a whole."""
        return Impact(
            tuple(one for one in self.sentences if measure in one.measures),
            tuple(one for one in self.charts if one.measure == measure),
            tuple(one for one in self.rows if one.measure == measure),
            self.papers,
        )

    @property
    def words(self) -> str:
        """One sentence: "Changes 3 sentences, 2 charts, 1 table row, the dashboard and the performance report."."""
        counts = (
            (len(self.sentences), "sentence of the commentary", "sentences of the commentary"),
            (len(self.charts), "chart", "charts"),
            (len(self.rows), "table row", "table rows"),
        )
        parts = [*(counted(count, one, many) for count, one, many in counts if count), *self.papers]
        if not parts:
            return "Changes nothing that is shown, written or printed."
        return f"Changes {listed(parts)}."
