"""Made-up returns of one measure, month by month, for tests of what follows from a figure that changes."""

from __future__ import annotations

import hashlib

from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.periods import Period, month
from pcp_desktop.domain.returns import Change, Review, StagedFigure
from pcp_desktop.workspace import Workspace

BURGLARY = "domestic-burglary"
EVERY_MONTH, MONTHS = 300.0, 45  # April 2012 to December 2015


def review_of(workspace: Workspace, measure: str = BURGLARY, **changed: float) -> Review:
    """Every month from April 2012 to December 2015 at 300, but for those named: `december_2015=351`."""
    values = {f"{period.label.replace(' ', '_').lower()}": EVERY_MONTH for period in _months()} | changed
    facts = workspace.facts()
    stored = {one.key: one for one in facts.observations}
    content = repr((measure, sorted(values.items()))).encode()
    figures = []
    for place, (period, value) in enumerate(zip(_months(), values.values(), strict=True)):
        key = ObservationKey(measure, facts.plan.area, period)
        one = Observation(key, value, Marker.FINAL, Source(f"{measure}.xlsx", "Months", f"B{place + 2}"))
        before = stored.get(key)
        same = before is not None and before.value == value
        change = Change.NEW if before is None else Change.UNCHANGED if same else Change.REVISED
        figures.append(StagedFigure(one, change, before))
    sha256 = hashlib.sha256(content).hexdigest()
    return Review(f"{measure}.xlsx", sha256, content, None, None, "recorded-crime", tuple(figures), ())


def _months() -> list[Period]:
    return [month(2012, 4).shifted(place) for place in range(MONTHS)]
