"""Charts as pictures: every kind is drawn, words are kept, and the same chart gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pcp_desktop.domain.pages import ChartKind, ChartMark, ChartSpec, EndLabel
from pcp_desktop.domain.signal_keys import signal_keys
from pcp_desktop.errors import UserError
from pcp_desktop.papers import typst
from pcp_desktop.papers.charts import chart_data, picture
from pcp_desktop.papers.parts import drawn_text, parts_of
from tests.gallery.charts import charts
from tests.papers.sample_pages import MOMENT, all_kinds, chart, control_chart


def chart_text(spec: ChartSpec, folder: Path, width: float = 504) -> str:
    """The text drawn in a one-chart PDF, its lines joined."""
    import pikepdf

    path = folder / "chart.pdf"
    path.write_bytes(
        typst.pdf("picture.typ", {"chart": chart_data(spec), "width": width, "height": 200}, timestamp=MOMENT)
    )
    with pikepdf.open(path) as document:
        return " ".join(" ".join(drawn_text(page) for page in document.pages).split())


@pytest.mark.parametrize("spec", all_kinds(), ids=lambda spec: spec.key)
def test_every_kind_shows_its_words(spec: ChartSpec, tmp_path: Path) -> None:
    text = chart_text(spec, tmp_path)
    for words in (spec.title, spec.subtitle.rstrip(), spec.source):
        assert words in text
    for label in (*spec.end_labels, *((spec.reference,) if spec.reference else ())):
        assert label.text in text
    for mark in (*spec.events, *spec.breaks):
        assert mark.label in text
    if spec.kind is ChartKind.PEERS:
        assert all(tick.text in text for tick in spec.x_ticks)
    for year in spec.years:
        assert year.text in text or (year.last - year.first == 1 and year.text[2:] in text)


@pytest.mark.parametrize("name", charts())
def test_what_stands_in_a_chart_on_screen_stands_in_it_on_paper(name: str, tmp_path: Path) -> None:
    """How sure its limits are, what its diamonds mean, and the names of all its marks."""
    spec = charts()[name]
    text = chart_text(spec, tmp_path)
    for words in (*(limits.words for limits in spec.limits), *(key.words for key in signal_keys(spec))):
        assert words in text
    for mark in (*spec.breaks, *spec.events):
        assert mark.label.replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize("spec", all_kinds(), ids=lambda spec: spec.key)
def test_every_kind_is_drawn_small_as_well(spec: ChartSpec, tmp_path: Path) -> None:
    text = chart_text(spec, tmp_path, width=240).replace(" ", "")
    assert spec.title.replace(" ", "") in text


def test_crowded_labels_are_all_kept(tmp_path: Path) -> None:
    crowded = replace(
        control_chart(),
        events=tuple(ChartMark(30 + n, f"Event number {n}") for n in range(6)),
        breaks=(ChartMark(29.5, "Break: counting rules"), ChartMark(2.5, "Break: a first one")),
        end_labels=tuple(EndLabel(328 + n, f"Label {n}") for n in range(7)),
    )
    text = chart_text(crowded, tmp_path)
    assert all(f"Event number {n}" in text and f"Label {n}" in text for n in range(6))


def test_an_empty_series_is_an_empty_frame(tmp_path: Path) -> None:
    spec = control_chart()
    points = tuple(replace(point, value=None) for point in spec.series[0].points)
    empty = replace(spec, series=(replace(spec.series[0], points=points),), limits=(), end_labels=())
    assert spec.title in chart_text(empty, tmp_path)


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_pictures_are_the_same_every_time_and_say_their_alternative(ending: str, tmp_path: Path) -> None:
    first = picture(chart(ChartKind.YEAR_ON_YEAR), tmp_path / f"first{ending}")
    second = picture(chart(ChartKind.YEAR_ON_YEAR), tmp_path / f"second{ending}")
    assert first.read_bytes() == second.read_bytes()
    assert any(chart(ChartKind.YEAR_ON_YEAR).alt in part.text for part in parts_of(first))


def test_a_picture_is_a_png_or_svg(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"chart\.gif"):
        picture(control_chart(), tmp_path / "chart.gif")
    assert list(tmp_path.iterdir()) == []


def test_limits_that_vary_are_drawn_with_the_numbers_of_the_chart(tmp_path: Path) -> None:
    spec = control_chart()
    ends = tuple(None if at == 3 else (280.0 + at, 330.0 + at, 390.0 + at) for at in range(spec.length))
    flat = spec.limits[0]
    varying = replace(spec, limits=(replace(flat, first=0, last=spec.length - 1, varying=ends),))
    (data,) = chart_data(varying)["limits"]
    drawn = {one["position"]: (one["lower"], one["mean"], one["upper"]) for run in data["runs"] for one in run}
    assert drawn == {at: each for at, each in enumerate(ends) if each is not None}
    assert [len(run) for run in data["runs"]] == [3, spec.length - 4]
    first = picture(varying, tmp_path / "varying.svg").read_text()
    assert first != picture(spec, tmp_path / "flat.svg").read_text()


def test_only_what_is_drawn_goes_to_the_renderer() -> None:
    point = control_chart().series[0].points[0]
    assert point.source is not None
    assert f"'{point.source.cell}'" not in repr(chart_data(control_chart()))
