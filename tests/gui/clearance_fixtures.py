"""A measure of each group for the clearance tab, made up."""

from __future__ import annotations

from datetime import date

from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.clearance_page import BoardWait, ChainStep, ClearanceGroup, ClearanceRow, Told
from pcp_desktop.domain.pages import ClearanceShown
from pcp_desktop.domain.periods import quarter

QUARTER = quarter(2015, 3)
TODAY = date(2016, 2, 26)
BOARDS = (
    BoardWait("County Council", "Youth Board", date(2016, 2, 10)),
    BoardWait("City Council", "City Youth Board", date(2016, 3, 9)),
)


def row(measure: str, group: ClearanceGroup, state: ClearanceState, **changes: object) -> ClearanceRow:
    """A row that has come as far as it can in its group."""
    cleared, come = state is ClearanceState.CLEARED, group is not ClearanceGroup.AWAITED
    done = "done" if come else "open"
    steps = tuple(ChainStep(word, done, "20 Jan 2016" * come) for word in ("Received", "Checked", "Accepted"))
    standing = Clearance(measure, state, QUARTER.end, on=TODAY, by="officer")
    values: dict[str, object] = {
        "measure": measure,
        "priority": "SP1",
        "label": measure.capitalize(),
        "group": group,
        "steps": (*steps, ChainStep("Cleared", "done" if cleared else "open")),
        "clearance": standing,
        "shown": ClearanceShown(state, "Cleared 26 Feb" if cleared else "Held"),
        "waits_for": "Youth Board",
        "ends": "After 9 Mar 2016",
        "sentence": "" if cleared else f"{measure.capitalize()}: available after the board meeting on 9 March 2016.",
        "facts": (("Board", "Youth Board"),),
        "boards": BOARDS if state in (ClearanceState.WAITING, ClearanceState.CLEARED) else (),
        "told": (),
    }
    return ClearanceRow(**(values | changes))  # type: ignore[arg-type]


TOLD = (Told("Director of Public Health", "2 Feb 2016 to 10 Mar 2016", ended=True),)
ROWS = (
    row("entrants", ClearanceGroup.OVERDUE, ClearanceState.WAITING),
    row("crime", ClearanceGroup.SOON, ClearanceState.WAITING),
    row("treatment", ClearanceGroup.HELD, ClearanceState.EMBARGOED, told=TOLD),
    row("absent", ClearanceGroup.AWAITED, ClearanceState.WAITING),
    row("savings", ClearanceGroup.CLEARED, ClearanceState.CLEARED),
)
