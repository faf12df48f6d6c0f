"""A series in a text file is read to the last digit, and whatever is no series is refused by its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain.written_series import WrittenSeries
from pcp_desktop.errors import UserError
from pcp_desktop.returns.series_file import day_of, read


def written(folder: Path, text: str | bytes, name: str = "series.csv") -> WrittenSeries:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def test_rows_come_with_their_numbers_and_gaps(tmp_path: Path) -> None:
    series = written(tmp_path, "date,value\n2015-04-01,5\n\n2015-05-01,\n2015-06-01,..\n", "burglary.csv")
    assert [(point.row, point.day, point.value) for point in series.points] == [
        (2, date(2015, 4, 1), 5.0),
        (4, date(2015, 5, 1), None),
        (5, date(2015, 6, 1), None),
    ]
    assert (series.name, series.file, series.in_order) == ("burglary", "burglary.csv", True)


def test_columns_may_stand_in_any_order_and_be_parted_by_semicolons(tmp_path: Path) -> None:
    series = written(tmp_path, "Denominator;Date;Numerator;Value\n200;01/04/2015;50;25\n")
    (point,) = series.points
    assert (point.day, point.value, point.numerator, point.denominator) == (date(2015, 4, 1), 25, 50, 200)


def test_a_file_without_a_heading_is_read_in_the_plain_order(tmp_path: Path) -> None:
    assert [point.value for point in written(tmp_path, "2015-04-01,5\n2015-05-01,6\n").points] == [5, 6]


def test_rows_are_put_in_the_order_of_their_dates(tmp_path: Path) -> None:
    series = written(tmp_path, "date,value\n2015-05-01,6\n2015-04-01,5\n")
    assert [point.value for point in series.points] == [5, 6]
    assert not series.in_order


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-04-01", date(2015, 4, 1)),
        ("2015-04-01T00:00:00", date(2015, 4, 1)),
        ("2015/04/01", date(2015, 4, 1)),
        ("20150401", date(2015, 4, 1)),
        ("2015-W14", date(2015, 3, 30)),
        ("31/12/2015", date(2015, 12, 31)),
        ("31-12-2015", date(2015, 12, 31)),
        ("201112", None),
        ("2015-W54", None),
        ("2015/04-01", None),
        ("Apr-15", date(2015, 4, 1)),
        ("April 2015", date(2015, 4, 1)),
        ("Q3 2015/16", date(2015, 10, 1)),
        ("2015/16", date(2015, 4, 1)),
        ("2015-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


@given(st.floats(-1e12, 1e12))
def test_numbers_keep_every_digit(tmp_path_factory: pytest.TempPathFactory, value: float) -> None:
    series = written(tmp_path_factory.getbasetemp(), f"date,value\n2015-04-01,{value!r}\n")
    assert series.points[0].value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,value\n2015-04-01,5\n2015-05-01,five\n", "Row 3 of series.csv: “five” in the column “value”"),
        ("date,value\n2015-04-01,1e999\n", "Row 2"),
        ("date,value\n2015-04-31,5\n", "Row 2 of series.csv: “2015-04-31” is no date"),
        (
            "date,value\n2015-04-01,5\n2015-05-01,5\n01/04/2015,6\n",
            "Rows 2 and 4 of series.csv both give 1 April 2015",
        ),
        (
            "date,value,numerator,denominator\n2015-04-01,,-1,5\n",
            "Row 2 of series.csv: the numerator is below nought",
        ),
        ("date,value,numerator,denominator\n2015-04-01,,1,0\n", "Row 2 of series.csv: there are events"),
        ("day,figure\n2015-04-01,5\n", "names no column “date”"),
        ("", "is empty"),
        ("date,value\n", "has a heading and no rows"),
        (b"date,value\n\0", "is no table of text"),
        ("date,value\n12 months to Dec 15,5\n12 months to Mar 16,6\n", "“12 months to March 2016” share months"),
        ('date,value\n"2015-04-01,5\n', "is no table of text"),
    ],
)
def test_what_is_no_series_is_refused_by_its_row(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(UserError) as refused:
        written(tmp_path, text)
    assert said in refused.value.what
    assert refused.value.what_to_do


def test_a_missing_file_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.csv could not be read"):
        read(tmp_path / "nothing.csv")
