"""`chart` judges any dated series: JSON of one point a row, words, pictures, and refusals in plain language."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pcp_desktop.cli import run

# A series of 26 months by hand: 24 that swing between 10 and 12, then a missing month, then one far above.
MONTHS = [f"{2013 + (at + 3) // 12}-{(at + 3) % 12 + 1:02d}-01" for at in range(26)]
VALUES = ["10", "12"] * 12 + ["", "20"]


@pytest.fixture
def swinging(tmp_path: Path) -> Path:
    path = tmp_path / "swinging.csv"
    rows = [f"{day},{value}" for day, value in zip(MONTHS, VALUES, strict=True)]
    path.write_text("\n".join(["date,value", *rows, ""]))
    return path


def answer_of(capsys: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> Any:
    assert run(["chart", *map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_the_answer_has_one_point_a_row_with_limits_by_hand(
    swinging: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answer_of(capsys, swinging, "--first", "24", "--better", "lower", "--target", "20")
    assert list(answer)[:6] == ["points", "variation", "assurance", "method", "settings", "caveats"]
    points = answer["points"]
    assert [point["date"] for point in points] == MONTHS
    # Mean 11, every moving range 2: limits 11 ± 5.32, the nearer pair at two thirds.
    limits = [points[24][end] for end in ("mean", "lower", "upper", "near_lower", "near_upper")]
    assert limits == pytest.approx([11, 5.68, 16.32, 11 - 5.32 * 2 / 3, 11 + 5.32 * 2 / 3], rel=1e-12)
    assert points[24]["value"] is None
    assert (points[24]["label"], points[24]["direction"]) == ("none", None)
    assert (points[25]["value"], points[25]["label"], points[25]["direction"]) == (20, "outside", "up")
    assert {point["group"] for point in points} == {1}
    assert (answer["variation"], answer["assurance"]) == ("concern", "passes")
    assert answer["settings"]["first"] == 24
    assert "limits from the first 24 points" in answer["method"]


def test_new_groups_begin_at_the_dates_that_are_named(swinging: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = answer_of(capsys, swinging, "--rebase", MONTHS[8], "--rebase", MONTHS[16], "--no-screening")
    groups = [point["group"] for point in answer["points"]]
    assert [at for at, (one, two) in enumerate(pairwise(groups), 1) if one != two] == [8, 16]
    assert answer["settings"]["rebase"] == [MONTHS[8], MONTHS[16]]
    assert answer["settings"]["screening"] is False


@pytest.mark.parametrize("kind", ["p", "pp", "u", "uu", "c", "xmr"])
def test_every_kind_can_be_asked_for_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    path = tmp_path / "shares.csv"
    rows = [f"{day},,{20 + at % 5},{100 + at % 3}" for at, day in enumerate(MONTHS)]
    path.write_text("\n".join(["date,value,numerator,denominator", *rows]))
    answer = answer_of(capsys, path, "--kind", kind)
    assert answer["settings"]["kind"] == kind
    assert all(point["upper"] > point["mean"] > point["lower"] for point in answer["points"])
    line = 100 * sum(20 + at % 5 for at in range(26)) / sum(100 + at % 3 for at in range(26))
    expected = {"p": line, "pp": line, "u": line / 100, "uu": line / 100}.get(kind)
    if expected is not None:
        assert answer["points"][0]["mean"] == pytest.approx(expected, rel=1e-12)


def test_words_name_every_signal_and_what_to_hold_against_it(
    swinging: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["chart", str(swinging), "--first", "12"]) == 0
    said = capsys.readouterr().out
    assert "25 figures, XmR control chart, limits from the first 12 points" in said
    assert "2015-05-01  20.00  outside a limit" in said
    assert "Note: Provisional limits: they come from 12 points." in said


def test_six_to_eight_points_make_a_shift_or_a_trend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "run.csv"
    level, rising = [52, 54, 52, 54, 52, 54], [45, 47, 49, 51, 53, 55]
    values = [45, 55, 45, 55, 45, *level, 45, 55, *rising, 45, 55, 45, 55]
    path.write_text("\n".join(["date,value", *(f"{day},{one}" for day, one in zip(MONTHS, values, strict=False))]))
    for shift, trend in ((6, 7), (7, 6), (7, 7), (8, 8)):
        answer = answer_of(capsys, path, "--shift", str(shift), "--trend", str(trend))
        labels = [point["label"] for point in answer["points"]]
        assert labels[5:11] == ["shift" if shift == 6 else "none"] * 6
        assert labels[13:19] == ["trend" if trend == 6 else "none"] * 6
        assert f"shifts of {shift} points, trends of {trend} points" in answer["settings"]["limits"]
        assert (answer["settings"]["shift"], answer["settings"]["trend"]) == (shift, trend)


def test_words_judge_nothing_where_there_are_no_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "few.csv"
    path.write_text("date,value\n2015-04-01,10\n2015-05-01,12\n2015-06-01,11\n")
    assert run(["chart", str(path)]) == 0
    said = capsys.readouterr().out
    assert "The last figure cannot be judged without limits." in said
    assert "No signals" not in said


def test_pictures_are_drawn_in_every_form(swinging: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending, head in ((".png", b"\x89PNG"), (".svg", b"<svg"), (".pdf", b"%PDF")):
        out = tmp_path / f"chart{ending}"
        assert answer_of(capsys, swinging, "--out", out)["picture"] == str(out)
        assert out.read_bytes().startswith(head)
    with pikepdf.open(tmp_path / "chart.pdf") as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rebase", "2015-05-01"], "group with 1 figure"),
        (["--rebase", "2013-04-02"], "no row of that date"),
        (["--kind", "p"], "Row 2 of swinging.csv has a value without its numerator"),
        (["--seasonal", "on"], "36 months, and 25 are known"),
        (["--out", "chart.gif"], "chart.gif cannot be a picture"),
    ],
)
def test_what_cannot_be_had_is_refused_in_plain_words(
    swinging: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    error = answer_of(capsys, swinging, *arguments, status=1)["error"]
    assert said in error["what"]
    assert error["what_to_do"]


@pytest.mark.parametrize("wrong", [["--first", "0"], ["--target", "much"], ["--rebase", "then"], ["--kind", "g"]])
def test_wrong_use_is_told_apart(swinging: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    assert "error" in answer_of(capsys, swinging, *wrong, status=2)
