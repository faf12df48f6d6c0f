"""The sample quarter: the published figures come out of it, it says what it is, and it can be remade."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "sample_workbooks"
TREATMENT = "drug and alcohol treatment.xlsx"
ORGANISATION_FILES = {
    "recorded crime Q3.xlsx",
    "user satisfaction 12m to Dec 15.xls",
    "CBS confidence.xlsx",
    "MSG positions.csv",
    "missing persons.xlsx",
    "YOS County and Rutland.xlsx",
    "YOS City.ods",
    "IOM performance.xlsx",
    TREATMENT,
    "supported families County.xlsx",
    "supported families City.xlsx",
    "supported families Rutland finance.xlsx",
    "CSE scorecard.xlsx",
    "mental health update.xlsx",
    "savings and medium-term plan.xlsx",
    "commissioning intentions.xlsx",
}
WORKBOOKS = sorted([*ORGANISATION_FILES, "revised/recorded crime Q3.xlsx"])
TRUTH: dict[str, list[dict[str, Any]]] = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
TOTALS: dict[str, list[dict[str, Any]]] = json.loads((HERE / "totals.json").read_text(encoding="utf-8"))
PEERS = "MSG positions.csv"
FIRST_VERSION = [entry for file, entries in TRUTH.items() if "/" not in file and file != PEERS for entry in entries]
"""The area's own figures, as first returned."""
BASELINE, LATEST = ("2012-04-01", "2013-03-31"), ("2015-01-01", "2015-12-31")
Sheets = dict[str, list[list[Any]]]


def cells(name: str) -> Sheets:
    """Every cell of a sample by sheet, hidden ones too; sheet "" for a .csv."""
    path = SAMPLES / name
    if path.suffix == ".csv":
        with path.open(encoding="ascii", newline="") as lines:
            return {"": list(csv.reader(lines))}
    book = CalamineWorkbook.from_path(path)
    return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names}


def at(sheets: Sheets, sheet: str, cell: str) -> Any:
    """The value at an address such as `L7`."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return sheets[sheet][int(found[2]) - 1][column - 1]


def total(measure: str, period: tuple[str, str], part: str = "value") -> float:
    """The sum over areas and over the periods that lie within `period`."""
    within = [
        entry["value"]
        for entry in FIRST_VERSION
        if entry["measure"] == measure
        and entry["part"] == part
        and entry["period"]["start"] >= period[0]
        and entry["period"]["end"] <= period[1]
    ]
    assert within
    return float(sum(within))


def printed(numerator: float, denominator: float, places: str = "0.1") -> str:
    """A percentage as papers print it, half away from zero."""
    return str((Decimal(int(numerator)) * 100 / Decimal(int(denominator))).quantize(Decimal(places), ROUND_HALF_UP))


def rolling(measure: str, end: str, part: str) -> float:
    """One part of a measure in the 12 months that end on a day."""
    [value] = [
        entry["value"]
        for entry in FIRST_VERSION
        if entry["measure"] == measure and entry["part"] == part and entry["period"]["end"] == end
    ]
    return float(value)


def test_remaking_the_samples_gives_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, str(SAMPLES / "make_sample_workbooks.py"), "--out", str(tmp_path / "made")]
    environment = {**os.environ, "PYTHONPATH": str(SAMPLES.parent), "TZ": "Pacific/Auckland"}
    subprocess.run([*command, "--truth", str(tmp_path / "truth.json")], check=True, env=environment)
    made = sorted(path.relative_to(tmp_path / "made") for path in (tmp_path / "made").rglob("*") if path.is_file())
    assert {str(path) for path in made} >= set(WORKBOOKS)
    different = [
        str(path) for path in made if (tmp_path / "made" / path).read_bytes() != (SAMPLES / path).read_bytes()
    ]
    assert not different
    for name in ("truth.json", "totals.json"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()


def test_the_sixteen_returns_are_there() -> None:
    found = {path.name for path in SAMPLES.iterdir() if path.suffix in {".xlsx", ".xls", ".ods", ".csv"}}
    assert found == ORGANISATION_FILES
    assert set(TRUTH) == set(WORKBOOKS)


@pytest.mark.parametrize(
    ("measure", "baseline", "next_year", "latest"),
    [
        ("all-crime", 58805, 60752, 59653),
        ("domestic-burglary", 3935, 4199, 4014),
        ("violence-with-injury", 4365, 5052, 4452),
        ("theft-from-vehicle", 5236, 5396, 6691),
        ("theft-of-vehicle", 1051, 1114, 1428),
        ("serious-sexual-offences", 742, 877, None),
        ("hate-crime", 971, 862, None),
        ("missing-storm", 5929, None, 4494),
        ("missing-compact", 5417, None, 2827),
        ("missing-nine-locations", 1162, None, 397),
        ("absent-compact", None, None, 604),
        ("first-time-entrants", 667, 435, 271),
    ],
)
def test_published_totals_are_the_sums(
    measure: str, baseline: int | None, next_year: int | None, latest: int | None
) -> None:
    periods = {BASELINE: baseline, ("2013-04-01", "2014-03-31"): next_year, LATEST: latest}
    for period, published in periods.items():
        if published is not None:
            assert total(measure, period) == published


@pytest.mark.parametrize(
    ("measure", "baseline", "latest", "end"),
    [
        ("hate-satisfaction", "84.2", "80.9", "2015-12-31"),
        ("asb-satisfaction", "82.9", "73.6", "2015-12-31"),
        ("all-user-satisfaction", "84.5", "80.4", "2015-12-31"),
        ("confidence", "75.3", "85.5", "2015-12-31"),
        ("burglary-satisfaction", "89.7", "89.1", "2015-12-31"),
        ("violence-satisfaction", "78.1", "77.3", "2015-12-31"),
        ("theft-from-vehicle-satisfaction", "85.9", "74.8", "2015-12-31"),
        ("theft-of-vehicle-satisfaction", "75.5", "74.8", "2015-12-31"),
        ("domestic-satisfaction", None, "86.5", "2015-05-31"),
    ],
)
def test_published_percentages_come_out_to_the_printed_decimal(
    measure: str, baseline: str | None, latest: str, end: str
) -> None:
    for published, day in ((baseline, "2013-03-31"), (latest, end)):
        if published is None:
            assert not [each for each in FIRST_VERSION if each["measure"] == measure and each["period"]["end"] == day]
            continue
        assert printed(rolling(measure, day, "numerator"), rolling(measure, day, "denominator")) == published
        assert rolling(measure, day, "value") == pytest.approx(float(published))


def test_every_rolling_percentage_agrees_with_its_counts() -> None:
    surveys = [entry for entry in FIRST_VERSION if re.search("satisfaction|confidence", entry["measure"])]
    values = [entry for entry in surveys if entry["part"] == "value"]
    assert len(values) > 100
    for entry in values:
        met, base = (rolling(entry["measure"], entry["period"]["end"], part) for part in ("numerator", "denominator"))
        assert printed(met, base) == f"{entry['value']:.1f}"


def test_the_papers_other_figures() -> None:
    quarters = {
        (entry["area"], entry["period"]["start"]): entry["value"]
        for entry in FIRST_VERSION
        if entry["measure"] == "first-time-entrants"
    }
    county, city = "Leicestershire and Rutland", "Leicester City"
    assert [quarters[county, day] for day in ("2014-10-01", "2015-07-01", "2015-10-01")] == [48, 22, 34]
    assert [quarters[city, day] for day in ("2014-10-01", "2015-07-01", "2015-10-01")] == [46, 21, 49]
    nine_months = [
        sum(quarters[county, f"{year}-{month}-01"] for month in ("04", "07", "10")) for year in (2014, 2015)
    ]
    assert printed(nine_months[0] - nine_months[1], nine_months[0], "1") == "42"
    assert total("offending-18-24", ("2014-04-01", "2014-09-30")) == 103
    assert total("offending-18-24", ("2015-04-01", "2015-09-30")) == 21
    assert total("missing-compact", ("2014-04-01", "2014-06-30")) == 613
    half_year = ("2015-04-01", "2015-09-30")
    families = {
        (entry["area"], entry["measure"], entry["part"]): entry["value"]
        for entry in FIRST_VERSION
        if entry["measure"].startswith("families") and entry["period"]["start"] == half_year[0]
    }
    assert round(families["Leicestershire", "families-crime-reduced", "value"]) == 36
    assert round(families["Leicestershire", "families-asb-reduced", "value"]) == 38
    assert families["Leicester City", "families-crime-reduced", "numerator"] == 112
    assert families["Leicester City", "families-asb-reduced", "denominator"] == 622
    assert total("savings-realised", ("2013-04-01", "2017-03-31")) == 31.0


def test_ranks_of_the_force_are_those_published() -> None:
    rows = [row for row in cells(PEERS)[""] if len(row) == 6 and row[0] == "Leicestershire"]
    ranks = {row[1]: int(row[5]) for row in rows}
    assert list(ranks.values()) == [3, 7, 1, 7, 5]
    offences = [int(row[2].replace(",", "")) for row in rows]
    assert offences == [59653, 4014, 4452, 6691, 1428]


def test_part_counts_stay_below_what_they_are_part_of() -> None:
    months: dict[str, list[float]] = {}
    for entry in FIRST_VERSION:
        if entry["period"]["kind"] == "month":
            months.setdefault(entry["measure"], []).append(entry["value"])
    crimes = ("domestic-burglary", "violence-with-injury", "theft-from-vehicle", "theft-of-vehicle")
    for index in range(45):
        at_month = {measure: values[index] for measure, values in months.items() if len(values) == 45}
        assert at_month["rape"] < at_month["serious-sexual-offences"]
        assert at_month["domestic-violence-injury"] < at_month["violence-with-injury"]
        assert at_month["missing-nine-locations"] < at_month["missing-compact"] < at_month["missing-storm"]
        assert sum(at_month[measure] for measure in crimes) < at_month["all-crime"] / 2


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_figure_stands_in_the_cell_that_is_named(name: str) -> None:
    sheets = cells(name)
    for entry in TRUTH[name]:
        stored = at(sheets, entry["sheet"], entry["cell"])
        if "text" in entry:
            assert stored == entry["text"]
        elif entry["value"] is None:
            assert stored in {"..", "[z]"}
        else:
            shown = str(stored).replace(",", "")
            number = re.match(r"[\d.]+", shown)
            assert number
            value = float(number[0])
            is_share = isinstance(stored, float) and entry["part"] == "value" and value <= 1 < entry["value"]
            assert (100 * value if is_share else value) == pytest.approx(entry["value"])


def test_quarter_totals_are_the_sums_of_their_months() -> None:
    for name, entries in TOTALS.items():
        for entry in entries:
            parts = [
                figure["value"] or 0
                for figure in TRUTH[name]
                if figure["measure"] == entry["measure"]
                and figure["area"] == entry["area"]
                and figure["part"] == "value"
                and entry["period"]["start"] <= figure["period"]["start"]
                and figure["period"]["end"] <= entry["period"]["end"]
            ]
            assert sum(parts) == entry["value"]


def test_the_revised_return_changes_three_months_and_marks_them() -> None:
    name = "recorded crime Q3.xlsx"
    before = {(entry["sheet"], entry["cell"]): entry for entry in TRUTH[name]}
    after = {(entry["sheet"], entry["cell"]): entry for entry in TRUTH[f"revised/{name}"]}
    assert before.keys() == after.keys()
    changed = [place for place in before if before[place]["value"] != after[place]["value"]]
    assert len(changed) == 3
    assert {after[place]["marker"] for place in changed} == {"revised"}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_workbook_says_what_is_illustrative(name: str) -> None:
    words = " ".join(str(value) for rows in cells(name).values() for row in rows for value in row).lower()
    illustrative_only = {
        TREATMENT,
        "supported families Rutland finance.xlsx",
        "CSE scorecard.xlsx",
        "mental health update.xlsx",
    }
    assert (
        "illustrative" if name in illustrative_only else "monthly profile illustrative; totals as published"
    ) in words


def test_embargoed_values_occur_nowhere_else() -> None:
    embargoed = [entry["value"] for entry in TRUTH[TREATMENT]]
    shown = {f"{value:.2f}" for value in embargoed}
    assert len(shown) == len(embargoed) == 48
    assert all(float(value) == round(float(value), 2) and not value.endswith("0") for value in shown)
    digits = {value.replace(".", "") for value in shown}
    for name in sorted({*WORKBOOKS, *TRUTH} - {TREATMENT}):
        for rows in cells(name).values():
            for value in (value for row in rows for value in row):
                for number in _as_shown(value):
                    assert number not in shown | digits, f"{name}: {value}"
    own = [value for rows in cells(TREATMENT).values() for row in rows for value in row if isinstance(value, float)]
    assert sorted(own) == sorted(embargoed)


def _as_shown(value: Any) -> set[str]:
    """The numbers in a cell: as stored, in points where it is a share, with and without decimals."""
    if isinstance(value, str):
        return set(re.findall(r"\d+(?:\.\d+)?", value.replace(",", "")))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return set()
    return {f"{value:g}", f"{value:.0f}" if value == int(value) else f"{value:.2f}", f"{100 * value:.2f}"}


@pytest.mark.parametrize("name", [name for name in WORKBOOKS if name.endswith(".xlsx")])
def test_no_cell_holds_a_formula_and_properties_name_no_person(name: str) -> None:
    book = openpyxl.load_workbook(SAMPLES / name)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert book.properties.creator == book.properties.lastModifiedBy
    assert re.search("Police|Council|Health|Board|programme|Office", str(book.properties.creator))


def test_old_workbooks_hold_no_formula() -> None:
    with zipfile.ZipFile(SAMPLES / "YOS City.ods") as archive:
        assert b"table:formula" not in archive.read("content.xml")
    formulas = [
        value
        for name in ("user satisfaction 12m to Dec 15.xls", "MSG positions.csv")
        for rows in cells(name).values()
        for row in rows
        for value in row
        if str(value).startswith("=")
    ]
    assert not formulas


def test_a_look_up_sheet_is_hidden() -> None:
    book = openpyxl.load_workbook(SAMPLES / "recorded crime Q3.xlsx")
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == ["LookUp"]


def test_each_wrong_file_has_its_fault() -> None:
    wrong = SAMPLES / "wrong"
    assert (wrong / "empty file.xlsx").stat().st_size == 0
    assert not zipfile.is_zipfile(wrong / "cut short.xlsx")
    assert not zipfile.is_zipfile(wrong / "picture renamed.xlsx")
    assert zipfile.is_zipfile(wrong / "not a workbook.xlsx")
    with zipfile.ZipFile(wrong / "not a workbook.xlsx") as archive:
        assert "xl/workbook.xml" not in archive.namelist()
    protected = (wrong / "password protected.xlsx").read_bytes()
    assert protected.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert "EncryptedPackage".encode("utf-16-le") in protected
    assert (wrong / "text file renamed.xlsx").read_text(encoding="utf-8").startswith("Dear colleagues")
    for name in ("wrong/no figures.xlsx", "wrong/prose.csv"):
        values = [value for rows in cells(name).values() for row in rows for value in row]
        assert values
        assert not any(re.search(r"\d", str(value)) for value in values)
