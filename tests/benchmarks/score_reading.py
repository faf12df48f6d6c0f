"""How well workbooks with known truths are read: shares of points, labels and markers right, and of points wrong.

`python tests/benchmarks/score_reading.py FOLDER [--wrong]` takes a folder of workbooks with NAME.expected.json beside
each and prints a line a file and one over all; with --wrong also each thing that is missed or wrong. The aims are at
least 97% of points, 95% of labels and 99% of markers right, and under 0.5% of the points found wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pcp_desktop.errors import UserError
from pcp_desktop.workspace import recognised

ENDING = ".expected.json"
Place = tuple[str, str]
Given = dict[Place, list[tuple[dict[str, Any], list[str]]]]


@dataclass
class Score:
    """Counts of one workbook, or of all; `notes` say what was missed or wrong."""

    points: int = 0
    found: int = 0
    right: int = 0
    labels: int = 0
    labels_right: int = 0
    markers: int = 0
    markers_right: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another score in."""
        for name in ("points", "found", "right", "labels", "labels_right", "markers", "markers_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        """The shares in one line."""
        shares = (
            _share(self.right, self.points),
            _share(self.labels_right, self.labels),
            _share(self.markers_right, self.markers),
            _share(self.found - self.right, self.found),
        )
        return f"{name:45.45} {shares[0]:>20} {shares[1]:>16} {shares[2]:>18} {shares[3]:>16}"


def score(read: dict[str, Any], truth: dict[str, Any]) -> Score:
    """Hold what `read --json` gives against the truth of a workbook."""
    given = _given(read)
    result = Score()
    for series in truth["series"]:
        result.labels += 1
        words: list[str] = []
        for point in series["points"]:
            result.points += 1
            here = given.get((series["sheet"], point["cell"]), [])
            words = words or (here[0][1] if here else [])
            _score_point(result, series, point, [one for one, _ in here])
        last = series["label_cells"][-1]["text"]
        if _label_right(last, words):
            result.labels_right += 1
        else:
            result.notes.append(f"label {series['sheet']} {series['id']}: “{last}” not in {words}")
    for marker in truth["markers"]:
        if marker["class"] == "non_value":
            continue
        result.markers += 1
        marked = [one for one, _ in given.get((marker["sheet"], marker["cell"]), [])]
        if _marker_right(marker, marked, given):
            result.markers_right += 1
        else:
            result.notes.append(f"marker {marker['sheet']} {marker['cell']} {marker['text']!r}: {marked}")
    return result


def _given(read: dict[str, Any]) -> Given:
    given: Given = {}
    for sheet in read["sheets"]:
        for table in sheet["tables"]:
            for series in table["series"]:
                for point in series["points"]:
                    given.setdefault((sheet["name"], point["cell"]), []).append((point, series["label"]))
    return given


def _score_point(
    result: Score, series: dict[str, Any], point: dict[str, Any], here: Sequence[dict[str, Any]]
) -> None:
    place = f"{series['sheet']} {point['cell']}"
    if not here:
        if any(other.get("refused") for other in point.get("accept", ())):
            result.right += 1
            result.found += 1
        else:
            result.notes.append(f"point {place}: not found")
        return
    result.found += 1
    if all(_point_right(one, point) for one in here):
        result.right += 1
    else:
        said = [(one["period"] and one["period"]["label"], one["value"], one["marker"]) for one in here]
        wanted = (point["period"]["start"], point["period"]["end"], point["value"])
        result.notes.append(f"point {place}: {said}, should be {wanted}")


def _point_right(one: dict[str, Any], point: dict[str, Any]) -> bool:
    wanted = point["value"]
    if wanted is None:
        if one["value"] is not None or one["marker"] is None:
            return False
    elif one["value"] is None or abs(one["value"] - wanted) > 1e-9 * max(1.0, abs(wanted)):
        return False
    period = one["period"]
    accepted = [point["period"], *(other for other in point.get("accept", ()) if "start" in other)]
    return any(period and (period["start"], period["end"]) == (each["start"], each["end"]) for each in accepted)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _label_right(text: str, given: Sequence[str]) -> bool:
    wanted = _words(text)
    said = {word for label in given for word in _words(label)}
    return bool(given) and (not wanted or sum(word in said for word in wanted) >= 0.8 * len(wanted))


def _marker_right(marker: dict[str, Any], here: Sequence[dict[str, Any]], given: Given) -> bool:
    if marker["class"] in ("flag", "footnoted_value"):
        left = _left_of(marker["cell"])
        beside = [one for one, _ in given.get((marker["sheet"], left), [])]
        return any(one["value"] is not None and one["marker"] for one in [*here, *beside])
    return all(one["value"] is None for one in here)


def _left_of(cell: str) -> str:
    found = re.match(r"([A-Z]+)(\d+)\Z", cell)
    if found is None or found[1] == "A":
        return ""
    letters = found[1]
    if letters[-1] != "A":
        return f"{letters[:-1]}{chr(ord(letters[-1]) - 1)}{found[2]}"
    return f"{_left_of(letters[:-1] + '1')[:-1]}Z{found[2]}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f}% ({part} of {whole})" if whole else "–"


def _workbooks(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for truth in sorted(folder.glob(f"*{ENDING}")):
        yield truth.with_name(truth.name.removesuffix(ENDING)), json.loads(truth.read_text(encoding="utf-8"))


def main() -> int:
    """Score every workbook of a folder; gives 0 where all aims are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="also print what is missed or wrong")
    parser.add_argument("--most", type=int, default=12, help="how many of these to print for a file")
    options = parser.parse_args()
    total = Score()
    print(f"{'':45} {'points right':>20} {'labels right':>16} {'markers right':>18} {'found but wrong':>16}")
    for workbook, truth in _workbooks(options.folder):
        try:
            one = score(recognised(workbook), truth)
        except UserError as error:
            one = score({"sheets": []}, truth)
            one.notes.insert(0, str(error))
        total.add(one)
        print(one.line(workbook.name))
        for note in one.notes[: options.most] if options.wrong else ():
            print(f"    {note}")
        if options.wrong and len(one.notes) > options.most:
            print(f"    and {len(one.notes) - options.most} more")
    print(total.line("all"))
    return 0 if _aims_met(total) else 1


def _aims_met(total: Score) -> bool:
    wrong = total.found - total.right
    return (
        total.right >= 0.97 * total.points
        and total.labels_right >= 0.95 * total.labels
        and total.markers_right >= 0.99 * total.markers
        and wrong < 0.005 * max(total.found, 1)
    )


if __name__ == "__main__":
    sys.exit(main())
