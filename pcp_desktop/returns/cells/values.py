"""What a cell says as a figure: numbers, numbers written as text, and the markers for values that are not there."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from pcp_desktop.domain.observations import Marker
from pcp_desktop.returns.cells.marks import NO_LEGEND, Legend, without_marks
from pcp_desktop.returns.files.workbook import CellValue

LARGEST = 1e15
"""Beyond this a stored number no longer holds every unit, and no partner counts so far."""
_LONGEST = 100
"""No figure and no marker is written with more letters, footnotes and blanks included."""
_NOT_AVAILABLE = {
    "..", ".", "...", "…", "-", "–", "—", "−", "#", "!", ":", "n/a", "na", "n.a.", "n/k", "nk", "[x]", "x", "[n/a]",
    "not available", "no data available", "no data", "data not available", "not held", "not known", "unknown",
    "not supplied", "not provided", "not received", "awaited", "data awaited", "awaiting data", "to follow", "tbc",
    "not yet available", "not collected", "not recorded", "none available", "information not available", "refused",
    "not returned", "no return", "missing", "unavailable", "not published", "not measured",
    "no figures available", "figures not available", "no figures", "data unavailable", "awaiting figures", "pending",
    "to be confirmed", "tba", "tbd", "not yet known", "not comparable",
}  # fmt: skip
_NOT_APPLICABLE = {"z", "[z]", "not applicable", "does not apply", "no comparator"}
_WITH_REASON = re.compile(r"(?:n/a|tbc|not available)\s*[-–—:;,(]\s*\w.*", re.IGNORECASE)
"""A marker with its reason: `n/a - new`."""
_SUPPRESSED = {
    "c", "suppressed", "*", "**", "[low]", "withheld", "confidential",
}  # fmt: skip
_SHORTHAND = re.compile(r"\[[abdf-oqs-wy]\]|\([abdf-oqstv-y]\)|[^\w\s%£$€+]{1,4}|\[[^\w\s]{1,4}\]")
"""A letter in brackets that stands alone is shorthand for a value that is not there, whatever its note says, but for
those that are flags of a value beside it (`[e]`, `[p]`, `[r]`); so is a sign alone (`~`, `--`, `[..]`)."""
_FLAGS = {"p": Marker.PROVISIONAL, "r": Marker.REVISED}
_NIL = frozenset(("nil", "nil return", "zero"))
_ERROR_WRITTEN = re.compile(r"#(?:div/0!|n/a|ref!|value!|name\?|num!|null!)", re.IGNORECASE)
_NOTED = re.compile(r"\[([a-z])\s?\d\]", re.IGNORECASE)
"""Shorthand with the number of its note: `[c1]`."""
_FEW = re.compile(
    r"(?:<|≤|<=|fewer than|less than)\s*(?:\d{1,2}|three|four|five|six|ten)|\d{1,2} or (?:less|fewer)"
    r"|[\[(][cs][\])]",
    re.IGNORECASE,
)
"""A count too small to be told."""
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-−–+])?\s*(?P<pound>£)?\s*(?P<sign2>[-−–])?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?P<tail>%|per ?cent|k|m|million|bn)?\s*(?P<close>\))?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A figure as its cell says it.

    `number` is None where the marker says that there is none. `percent` is True where the writing itself says percent
    (`86.5%` is 86.5). `scale` is what a written `m` or `k` multiplies by.
    """

    number: float | None
    marker: Marker = Marker.FINAL
    mark: str = ""
    percent: bool = False
    pounds: bool = False
    scale: float = 1.0


def parse(value: CellValue, legend: Legend = NO_LEGEND) -> Figure | None:
    """The figure in a cell, or None where the cell holds words, a date or nothing.

    Never reads a blank as nil. `legend` gives the meaning of marks found in the workbook's notes. NaN, infinity
    and numbers of 16 digits are no figures.
    """
    if value is None or isinstance(value, bool | date):
        return None
    if isinstance(value, float | int):
        return Figure(float(value)) if math.isfinite(value) and abs(value) < LARGEST else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return _written(" ".join(value.split()), legend)


def marker_only(text: str) -> Marker | None:
    """The marker that stands for a missing value, or None where the text is none."""
    plain = _NOTED.sub(r"[\1]", " ".join(text.split()).lower())
    bare = plain if plain in (".", "..", "...", "n.a.") else plain.rstrip(".")
    if bare in _NOT_APPLICABLE:
        return Marker.NOT_APPLICABLE
    if bare in _SUPPRESSED or _FEW.fullmatch(bare):
        return Marker.SUPPRESSED
    if (
        bare in _NOT_AVAILABLE
        or _ERROR_WRITTEN.fullmatch(plain)
        or _SHORTHAND.fullmatch(bare)
        or _WITH_REASON.fullmatch(bare)
    ):
        return Marker.NOT_AVAILABLE
    return None


def _written(text: str, legend: Legend) -> Figure | None:
    missing = legend.in_place.get(text.lower()) or marker_only(text)
    if missing is not None:
        return Figure(None, missing, text)
    if text.lower().rstrip(".") in _NIL:
        return Figure(0.0, mark=text)
    marked = without_marks(text)
    if marked.marks and marked.text[-1:].isalpha() and (noted := marker_only(marked.text)) is not None:
        return Figure(None, noted, text)
    marker = marked.marker(legend) or Marker.FINAL
    mark = " ".join(marked.marks)
    rest = marked.text
    fused = re.match(r"(?P<number>.*\d%?)\s*(?P<letter>[a-z])\Z", rest, re.IGNORECASE)
    if fused and fused["letter"].lower() in _FLAGS.keys() | legend.unsure:
        rest, mark = fused["number"], fused["letter"]
        marker = _FLAGS.get(mark.lower(), marker)
    found = _NUMBER.match(rest)
    if not found or bool(found["open"]) != bool(found["close"]) or re.fullmatch("0{2,}", found["digits"]):
        # Noughts alone are a unit: £000.
        return None
    number = float(re.sub("[, ]", "", found["digits"]))
    if number >= LARGEST:
        return None
    negative = bool(found["open"]) or found["sign"] in ("-", "−", "–") or bool(found["sign2"])
    tail = (found["tail"] or "").lower()
    scale = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}.get(tail, 1.0)
    percent = tail.startswith(("%", "per"))
    return Figure(-number if negative else number, marker, mark, percent, bool(found["pound"]), scale)
