"""`status` shows every figure of the published dashboard as printed, computed from cells that can be looked up."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pcp_desktop.cli import run
from pcp_desktop.paths import sample_workbooks

PUBLISHED = json.loads((Path(__file__).parent.parent / "fixtures" / "published_dashboard.json").read_text("utf-8"))
WHOLE_AREA = "Leicester, Leicestershire and Rutland"


def answer_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run([*arguments, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture
def working(sample_panel: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    answer = answer_of(capsys, "status", str(sample_panel))
    assert answer["period"] == "Q3 2015/16"
    return {line["measure"]: line for line in answer["measures"] if line["area"] == WHOLE_AREA}


@pytest.mark.parametrize("row", PUBLISHED["rows"], ids=lambda row: row["measure"])
def test_the_published_dashboard_comes_out_as_printed(
    row: dict[str, Any], working: dict[str, dict[str, Any]]
) -> None:
    line = working[row["measure"]]
    assert line["priority"] == row["priority"]
    assert line["latest"]["shown"] == row["latest"]
    assert line["baseline"]["shown"] == (row["baseline"] or "–")
    assert line["latest"]["sources"]
    assert bool(line["baseline"]["sources"]) == (row["baseline"] is not None)
    if "position" in row:
        assert line["position"] == {"rank": row["position"], "of": 8, "tied": False}
    if "printed_change_percent" in row:
        assert round(line["change_percent"]) == row["printed_change_percent"]


@cache
def cells_of(file: str, sheet: str) -> list[list[Any]]:
    path = sample_workbooks() / file
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [list(line) for line in csv.reader(lines)]
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def cell_value(source: dict[str, str]) -> float:
    letters = source["cell"].rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    raw = cells_of(source["file"], source["sheet"])[int(source["cell"][len(letters) :]) - 1][column - 1]
    if isinstance(raw, str):
        raw = "".join(character for character in raw if character in "0123456789.")
    return float(raw)


@pytest.mark.parametrize("measure", ["all-crime", "domestic-burglary", "missing-compact", "first-time-entrants"])
@pytest.mark.parametrize("which", ["baseline", "latest"])
def test_a_total_is_the_sum_of_the_cells_it_names(
    measure: str, which: str, working: dict[str, dict[str, Any]]
) -> None:
    figure = working[measure][which]
    assert sum(cell_value(source) for source in figure["sources"]) == figure["value"]


def test_a_percentage_is_the_quotient_of_the_two_cells_it_names(working: dict[str, dict[str, Any]]) -> None:
    for measure in ("asb-satisfaction", "confidence", "burglary-satisfaction"):
        figure = working[measure]["latest"]
        numerator, base = sorted(cell_value(source) for source in figure["sources"])
        assert figure["value"] == pytest.approx(100 * numerator / base)


def test_figures_to_another_date_carry_their_own_period(working: dict[str, dict[str, Any]]) -> None:
    latest = working["domestic-satisfaction"]["latest"]
    assert latest["period"]["label"] == "12 months to May 2015"


def test_across_a_break_both_figures_stand_but_no_change_is_claimed(working: dict[str, dict[str, Any]]) -> None:
    line = working["theft-of-vehicle-satisfaction"]
    assert (line["baseline"]["shown"], line["latest"]["shown"]) == ("75.5%", "74.8%")
    assert line["change"] is None
    assert line["status"] == "not assessed"


def test_held_measures_keep_their_line_for_the_public_and_nothing_else(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    working = answer_of(capsys, "status", str(sample_panel))
    public = answer_of(capsys, "status", str(sample_panel), "--audience", "public")
    held = [line for line in public["measures"] if line["clearance"] != "cleared"]
    assert {line["measure"] for line in held} == {
        "treatment-opiate",
        "treatment-non-opiate",
        "treatment-alcohol",
        "treatment-representations",
    }
    for line in held:
        assert line["clearance"] == "embargoed"
        assert line["status"] == "not assessed"
        assert line["reason"] == "Not published before national release"
        assert (line["baseline"]["value"], line["latest"]["value"], line["change"]) == (None, None, None)
        assert line["latest"]["sources"] == []
    text = json.dumps(public)
    assert text.count("embargoed") == len(held)
    for line in working["measures"]:
        if line["clearance"] == "embargoed" and line["latest"]["value"] is not None:
            assert line["latest"]["shown"].rstrip("%") not in text


def test_sensitive_counts_are_public_as_financial_years_only(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = answer_of(capsys, "status", str(sample_panel), "--audience", "public")
    for line in public["measures"]:
        if line["measure"] in ("rape", "serious-sexual-offences", "section-136", "cse-referrals"):
            for figure in (line["baseline"], line["latest"]):
                assert figure["value"] is None or figure["period"]["kind"] == "financial year"


def test_a_period_that_is_not_one_is_refused_in_plain_words(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["status", str(sample_panel), "--period", "Q5 2015/16"]) == 1
    assert "Q5 2015/16" in capsys.readouterr().err
