"""What other observations would change on the pages of priorities; nothing is stored, and texts belong elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.impact import ChangedPart
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel, PriorityPage


def applied(facts: Facts, observations: Iterable[Observation]) -> Facts:
    """The facts as they would be with `observations` in place of those of the same measure, area, period and part."""
    after = {one.key: one for one in facts.observations} | {one.key: one for one in observations}
    ordered = sorted(after.values(), key=lambda one: (one.key.measure, one.key.area, one.key.period, one.key.part))
    return replace(facts, observations=tuple(ordered))


def changed_charts(before: PriorityPage, after: PriorityPage) -> Iterator[ChangedPart]:
    """The charts of a priority that differ, also those that come or go, by the title they have now."""
    for old, new in zip(before.measures, after.measures, strict=True):
        olds, news = _charts(old), _charts(new)
        for key in dict.fromkeys([*olds, *news]):
            if olds.get(key) != news.get(key):
                title = (olds.get(key) or news[key]).title
                yield ChangedPart(before.code, title, old.row.measure)


def changed_rows(before: PriorityPage, after: PriorityPage) -> Iterator[ChangedPart]:
    """The measures of a priority whose line in its table differs."""
    for old, new in zip(before.measures, after.measures, strict=True):
        if old.row != new.row:
            yield ChangedPart(before.code, old.row.label, old.row.measure)


def _charts(panel: MeasurePanel) -> dict[str, ChartSpec]:
    return {chart.key: chart for chart in (panel.main, *panel.small) if chart is not None}
