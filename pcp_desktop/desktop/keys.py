"""Every key of the window, declared once: as shipped, what it does and where; what acts on it is elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

EVERYWHERE, OVERVIEW, PRIORITIES, RETURNS, RECOGNISE, REVIEW, CLEARANCE, PACKS, MEETING = (
    "",
    "overview",
    "priorities",
    "returns",
    "recognise",
    "review",
    "clearance",
    "packs",
    "meeting",
)
PLACES = {
    EVERYWHERE: "Everywhere",
    OVERVIEW: "Overview",
    PRIORITIES: "Priorities",
    RETURNS: "Returns",
    RECOGNISE: "Recognising a return",
    REVIEW: "Review of a return",
    CLEARANCE: "Clearance",
    PACKS: "Packs",
    MEETING: "Meeting view",
}


@dataclass(frozen=True)
class Key:
    """A key as shipped ("Ctrl+K"), what it does, and the pages where it does it.

    A `fixed` one belongs to how lists and fields work everywhere and cannot be changed.
    """

    keys: str
    words: str
    places: tuple[str, ...] = (EVERYWHERE,)
    fixed: bool = False

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter alone, which acts only while a list, table or chart has the keyboard."""
        return len(self.keys) == 1


KEYS: tuple[Key, ...] = (
    Key("F1", "Help on this page"),
    Key("Ctrl+K", "Commands: go to a page, do something, find a figure"),
    Key("Ctrl+1", "Overview"),
    Key("Ctrl+2", "Priorities"),
    Key("Ctrl+3", "Returns"),
    Key("Ctrl+4", "Clearance"),
    Key("Ctrl+5", "Packs"),
    Key("F11", "Meeting view"),
    Key("F6", "Next pane"),
    Key("Shift+F6", "Previous pane"),
    Key("Ctrl+F", "Filter this page", (OVERVIEW, REVIEW)),
    Key("Ctrl+N", "Make a new panel file"),
    Key("Ctrl+O", "Open a panel file"),
    Key("Ctrl+E", "Look round with the example"),
    Key("Ctrl+I", "Bring in workbooks"),
    Key("Ctrl+Z", "Undo, across accepted returns"),
    Key("Ctrl+Y", "Redo"),
    Key("Ctrl+Shift+P", "Public view or working view"),
    Key("Ctrl+B", "Fold the sidebar"),
    Key("Ctrl++", "Larger text"),
    Key("Ctrl+-", "Smaller text"),
    Key("Ctrl+,", "Settings"),
    Key("F10", "Show or hide the menus"),
    Key("Ctrl+Q", "Quit"),
    Key("Ctrl+Shift+E", "Show or hide held figures (working view)", (OVERVIEW, PRIORITIES)),
    Key("W", "Why this status?", (OVERVIEW, PRIORITIES)),
    Key("Ctrl+Tab", "Next priority", (PRIORITIES,)),
    Key("Ctrl+Shift+Tab", "Previous priority", (PRIORITIES,)),
    Key("T", "Chart or its table", (PRIORITIES,)),
    Key("B", "Try limits from the marked points", (PRIORITIES,)),
    Key("Ctrl+Shift+C", "Copy the chart as a picture", (PRIORITIES,)),
    Key("Ctrl+Shift+T", "Copy the chart as a table", (PRIORITIES,)),
    Key("Ctrl+.", "Insert a live figure into the commentary", (PRIORITIES,)),
    Key("Ctrl+Shift+H", "Hold the paragraph of the commentary, or no longer", (PRIORITIES,)),
    Key(
        "F2",
        "Change the live figure beside the caret; edit the agenda item; put right what a label is",
        (PRIORITIES, RECOGNISE, PACKS),
    ),
    Key("Ctrl+S", "Write the commentary", (PRIORITIES,)),
    Key("J", "Next line", (RETURNS, RECOGNISE, REVIEW, CLEARANCE)),
    Key("K", "Previous line", (RETURNS, RECOGNISE, REVIEW, CLEARANCE)),
    Key("N", "Next line to look at", (RETURNS, RECOGNISE, REVIEW, CLEARANCE)),
    Key("R", "Mark a region of the sheet by hand; say what the chosen cells are", (RECOGNISE,)),
    Key("U", "Keep the stored value, or take the new one", (REVIEW,)),
    Key(
        "Ctrl+Return",
        "Finish the commentary; go on to the review; accept what is under review",
        (PRIORITIES, RECOGNISE, REVIEW),
    ),
    Key("Alt+Up", "Agenda item one place up; question before", (RECOGNISE, PACKS)),
    Key("Alt+Down", "Agenda item one place down; next question", (RECOGNISE, PACKS)),
    Key("Ins", "Add an agenda item", (PACKS,)),
    Key("Del", "Take the item off the agenda", (PACKS,)),
    Key("Ctrl+P", "Draft PDF of the pack", (PACKS,)),
    Key("Tab", "Next field or button", fixed=True),
    Key("Enter", "Open; press the button", fixed=True),
    Key("Esc", "Close, cancel, or back to the overview", fixed=True),
    Key("Up, Down", "Move in a list or table", fixed=True),
    Key("Alt", "Show or hide the menus", fixed=True),
    Key("1, 2, 3, 4", "Choose the answer of that number", (RECOGNISE,), fixed=True),
    Key("Shift+arrows", "Choose cells of the sheet, to mark them", (RECOGNISE,), fixed=True),
    Key("Left, Right", "Read the points of the chart", (PRIORITIES,), fixed=True),
    Key("Shift+Left, Shift+Right", "Mark points of the control chart", (PRIORITIES,), fixed=True),
    Key("Home, End", "First, last point", (PRIORITIES,), fixed=True),
    Key("PgUp, PgDown", "Twelve months back, forward", (PRIORITIES,), fixed=True),
    Key("PgUp, PgDown", "Page of the pack before, after", (PACKS,), fixed=True),
    Key("Left, Right", "Charts of the priority", (MEETING,), fixed=True),
    Key("Up, Down", "Priorities", (MEETING,), fixed=True),
    Key("14, burg, …", "Typing goes to the priority of that number or name", (MEETING,), fixed=True),
    Key(".", "Blank the screen, or show it again", (MEETING,), fixed=True),
    Key("PgDown", "Next chart, then next priority", (MEETING,), fixed=True),
    Key("Esc", "Close", (MEETING,), fixed=True),
)

_SAME = {"Ctrl+Enter": "Ctrl+Return", "Ctrl+Shift+Backtab": "Ctrl+Shift+Tab"}
"""Other ways in which Qt or a keyboard names a declared key."""

_ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def declared(keys: str) -> Key | None:
    """The key that can be changed with the shipped name `keys`; None where there is none."""
    named = _SAME.get(keys, keys)
    return next((key for key in KEYS if key.keys == named and not key.fixed), None)


def spaced(keys: str) -> str:
    """Keys as they are shown on key caps: "Ctrl K" for "Ctrl+K", "Alt ↓" for "Alt+Down"."""
    caps = re.sub(r"\+(?=.)", " ", keys)
    return re.sub(r"\b(?:Up|Down|Left|Right)\b", lambda found: _ARROWS[found.group()], caps)


def keys_of_page(page: str) -> tuple[Key, ...]:
    """The keys of one page, without those that act everywhere."""
    return tuple(key for key in KEYS if page in key.places and page != EVERYWHERE)
