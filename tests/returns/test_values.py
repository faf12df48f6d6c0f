"""Cells are read as the figures their authors meant, and blanks are never nil."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain.formats import number
from pcp_desktop.domain.observations import Marker
from pcp_desktop.returns.cells.marks import Legend, beside_values, without_marks
from pcp_desktop.returns.cells.values import Figure, parse


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (4014.0, 4014), ("4,014", 4014), (" 4014 ", 4014), ("0", 0), ("-12", -12), ("−12", -12), ("(3.4)", -3.4),
        ("£1,234.50", 1234.5), ("-£5", -5), ("£(5)", None), ("12 345", 12345), ("1 20", None),
        ("1,23", None), ("SP12", None),
        ("3*", 3), ("46 p", 46), ("46 [r]", 46), ("3²", 3), ("12 (2)", 12),
    ],
)  # fmt: skip
def test_numbers_are_read_as_written(written: object, value: float | None) -> None:
    found = parse(written)  # type: ignore[arg-type] # the cases are what cells may hold
    assert (found.number if found else None) == value


def test_percentages_and_amounts_keep_what_they_say() -> None:
    assert parse("86.5%") == Figure(86.5, percent=True)
    assert parse("£31.0m") == Figure(31.0, pounds=True, scale=1e6)
    assert parse("86.5 per cent") == Figure(86.5, percent=True)


@pytest.mark.parametrize("text", ["..", "n/a", "NA", "-", "–", "No data available", "[x]", "…", "not held", "#"])
def test_a_marker_is_a_value_that_is_not_available(text: str) -> None:
    found = parse(text)
    assert found is not None
    assert (found.number, found.marker, found.mark) == (None, Marker.NOT_AVAILABLE, text)


def test_suppressed_and_not_applicable_are_told_apart() -> None:
    assert [parse(text).marker for text in ("*", "[c]", "<5", "[z]", "not applicable")] == [  # type: ignore[union-attr]
        Marker.SUPPRESSED, Marker.SUPPRESSED, Marker.SUPPRESSED, Marker.NOT_APPLICABLE, Marker.NOT_APPLICABLE,
    ]  # fmt: skip


@pytest.mark.parametrize("nothing", [None, "", "Total", True, date(2015, 4, 1), float("nan"), float("inf")])
def test_blanks_words_dates_and_impossible_numbers_are_no_figures(nothing: object) -> None:
    assert parse(nothing) is None  # type: ignore[arg-type] # the cases are what cells may hold


def test_flags_keep_their_value() -> None:
    assert parse("46 p") == Figure(46.0, Marker.PROVISIONAL, "p")
    assert parse("1,204 [p]") == Figure(1204.0, Marker.PROVISIONAL, "[p]")
    assert parse("319 (r)") == Figure(319.0, Marker.REVISED, "(r)")


def test_a_legend_gives_a_footnote_mark_its_meaning() -> None:
    known = Legend(beside_values(["* Provisional figures", "# includes Rutland", "Source: crime system"]))
    assert parse("12*", known) == Figure(12.0, Marker.PROVISIONAL, "*")
    assert parse("12#", known) == Figure(12.0, Marker.FINAL, "#")


def test_marks_are_parted_from_labels() -> None:
    assert without_marks("Hate crime: satisfaction (1)").text == "Hate crime: satisfaction"
    assert without_marks("15/16*").marks == ("*",)
    assert without_marks("*").text == "*"
    assert without_marks("All crime").marks == ()


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_every_printed_number_is_read_back(value: float, decimals: int) -> None:
    printed = number(value, decimals)
    found = parse(printed)
    assert found is not None
    assert found.number == float(printed.replace(",", "").replace("−", "-"))


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = parse(text)
    assert found is None or found.number is None or found.number == found.number
