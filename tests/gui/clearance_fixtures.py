"""A measure of each group for the clearance tab, made up."""

from __future__ import annotations

from datetime import date

from pcp_desktop.domain.clearance import Clearance, ClearanceState, Recipient
from pcp_desktop.domain.clearance_page import BoardLine, BoardWait, ChainStep, ClearanceGroup, ClearanceRow, Told
from pcp_desktop.domain.held_access import AccessRow, ToldPage, ToldRow
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


CALENDAR = (
    BoardLine(BOARDS[0], "10 February 2016", ("Entrants",), "Overdue", ClearanceGroup.OVERDUE),
    BoardLine(BOARDS[1], "9 March 2016", ("Crime",), "Free before publication day", ClearanceGroup.SOON),
)
TOLD = (Told("Director of Public Health", "2 Feb 2016 to 10 Mar 2016", ended=True),)
TOLD_PAGE = ToldPage(
    (
        ToldRow(
            Recipient("treatment", "Chief Executive", date(2016, 2, 2), date(2016, 3, 10), 1, "To prepare"),
            "SP3", "Treatment", "2 Feb 2016", "10 Mar 2016", "Has access until 10 March 2016", ended=False,
        ),
        ToldRow(
            Recipient("treatment", "Director of Public Health", date(2016, 1, 2), date(2016, 2, 10), 2),
            "SP3", "Treatment", "2 Jan 2016", "10 Feb 2016", "Access ended on 10 February 2016", ended=True,
        ),
    ),
    (
        AccessRow(
            "26 February 2016, 2.32 pm", "Performance officer", "Saved: Chart as a picture", "Crime",
            "April 2012 to December 2015", "45", "crime.png",
        ),
    ),
    "1 with access now, 1 whose access has ended; 1 access recorded",
)  # fmt: skip
ROWS = (
    row("entrants", ClearanceGroup.OVERDUE, ClearanceState.WAITING),
    row("crime", ClearanceGroup.SOON, ClearanceState.WAITING),
    row("treatment", ClearanceGroup.HELD, ClearanceState.EMBARGOED, told=TOLD),
    row("absent", ClearanceGroup.AWAITED, ClearanceState.WAITING),
    row("savings", ClearanceGroup.CLEARED, ClearanceState.CLEARED),
)
