"""Planted figures of every kind are held: none is in any byte of anything public, whatever the gate would say."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.cell import Cell

from pcp_desktop.cli.shapes import status_shape
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.periods import quarter
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock

Q3 = quarter(2015, 3)
COUNTS = {"Domestic burglary": 71_113, "Hate crime, recorded": 82_127, "Theft from motor vehicles": 93_139}
"""The first of twelve values planted in each, four months apart by 1,009: no such number stands anywhere else."""
COUNTY = "Leicestershire and Rutland"
CITY, IN_THE_CITY = "Leicester City", [64_151 + step * 1_013 for step in range(4)]
"""Planted in the last four quarters of one area of a measure, whose other area stays public."""
WORDS = "Quaternary orchid assessment: the ambulance pilot in Narborough Yard is on hold until midsummer."
STEP = 1_009
ENTRANTS = "first-time-entrants"


def planted_numbers() -> list[int]:
    return [*(first + step * STEP for first in COUNTS.values() for step in range(12)), *IN_THE_CITY]


@pytest.fixture(scope="module")
def planted(sample_panel_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample quarter with planted counts and words accepted and held in each of the four ways."""
    folder = tmp_path_factory.mktemp("planted")
    panel = folder / "leicestershire-panel.pcp"
    panel.write_bytes(sample_panel_as_made.read_bytes())
    with Workspace.open(panel, lambda: sample_clock() + timedelta(hours=1)) as workspace:
        for organisation in ("Leicestershire Police", "Mental Health Partnership", "Leicester City Council"):
            for blank, what in workspace.write_templates(organisation, Q3, folder / organisation):
                if any(title in what for title in ("Recorded crime", "Mental health", "First-time entrants")):
                    fill(blank)
                    workspace.accept(workspace.review(blank))
        labels = {measure.label: measure.code for measure in workspace.facts().measures}
        states = (
            ClearanceState.WAITING,
            ClearanceState.CONFIDENTIAL,
            ClearanceState.EMBARGOED,
            ClearanceState.EXEMPT,
        )
        codes = [*(labels[label] for label in COUNTS), "mental-health-assessment"]
        hold(
            workspace,
            [
                *(
                    Clearance(code, state, Q3.end, until="its time")
                    for code, state in zip(codes, states, strict=True)
                ),
                Clearance(ENTRANTS, ClearanceState.EXEMPT, Q3.end, area=CITY),
            ],
        )
        workspace.write_commentary("SP1", Q3, f"In the city there were {{{{{ENTRANTS}@{CITY}.latest}}}}.")
        workspace.write_commentary("SP11", Q3, "Of all crime {{domestic-burglary.latest}} were burglaries.")
    return panel


def hold(workspace: Workspace, holds: list[Clearance]) -> None:
    workspace._changed(workspace._file.record_clearances(holds, sample_clock(), "the test"))


def fill(blank: Path) -> None:
    """Plant a value in each of the last twelve months of the counts, and the words in the newest assessment."""
    book = openpyxl.load_workbook(blank)
    city: list[Cell] = []
    left = {label: [first + step * STEP for step in range(12)] for label, first in COUNTS.items()}
    for row in book["Return"].iter_rows(min_row=10):
        label = str(row[0].value or "")
        if left.get(label):
            row[3].value = left[label].pop(0)
        elif row[1].value == CITY and "entrants" in label:
            city[len(city) :] = [row[3]]
        elif label.startswith("Mental health") or "conveyance" in label.lower():
            row[3].value = WORDS
    for cell, value in zip(city[-len(IN_THE_CITY) :], IN_THE_CITY, strict=False):
        cell.value = value
    book.save(blank)


@pytest.fixture(scope="module")
def outputs(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    """Everything public in every format, made with the gate switched off."""
    folder = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch, Workspace.open(planted, sample_clock) as workspace:
        patch.setattr("pcp_desktop.papers.release.check_release", lambda _paths, _held: None)
        workspace.write_papers(Q3, folder / "papers")
        meeting = workspace.facts().meetings[0].number
        for audience in (Audience.PUBLIC, Audience.RESTRICTED):
            workspace.draft_pack(meeting, audience, folder / f"pack {audience.value}.pdf")
        workspace.write_partner_workbook("Leicestershire County Council", Q3, folder / "partners")
        workspace.share(folder / "copy.pcp", Q3)
        overview = workspace.overview(Q3, Audience.PUBLIC)
        pages = [workspace.priority(one.code, Q3, Audience.PUBLIC) for one in workspace.facts().plan.priorities]
        charts = [chart for page in pages for panel in page.measures for chart in (panel.main, *panel.small) if chart]
        for number, chart in enumerate(charts[:6]):
            workspace.picture(chart, folder / f"chart {number}.svg")
        texts = [repr(status_shape(overview)), repr(overview), repr(pages)]
    made = [
        (str(path.relative_to(folder)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    return [*made, *(("a page", text.encode()) for text in texts)]


@pytest.fixture(scope="module")
def pieces(outputs: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Every part of every output that can be read, with the output's name."""
    return [(name, piece) for name, content in outputs for piece in decoded(name, content)]


def decoded(name: str, content: bytes) -> Iterator[bytes]:
    """The bytes as they are, unzipped, inflated and drawn; written without looking at the program's own gate."""
    yield name.encode()
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from decoded(inner, archive.read(inner))
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, flags=re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
        with pypdfium2.PdfDocument(content) as document:
            for page in document:
                yield page.get_textpage().get_text_range().encode()


def is_written(value: int, piece: bytes) -> bool:
    """Whether a number stands somewhere, with or without its comma; not as the end of a longer one or of decimals."""
    for text in (f"{value}".encode(), f"{value:,}".encode()):
        # To look for the plain bytes first takes a small part of the time.
        if text in piece and re.search(rb"(?<![\d.])" + text + rb"(?!\d)", piece):
            return True
    return any(f"{value:{form}}".encode(wide) in piece for form in ("", ",") for wide in ("utf-16-le", "utf-16-be"))


def test_the_search_finds_a_number_however_it_is_written() -> None:
    written = (b"stood at 71,113.", b"<v>71113</v>", "71,113".encode("utf-16-le"), b"/T 71113 0 R")
    assert all(is_written(71_113, piece) for piece in written)
    assert not any(is_written(71_113, piece) for piece in (b"171113", b"711134", b"0.71113", b"71 113"))


def test_more_than_thirty_figures_were_planted_and_are_in_the_working_view(planted: Path) -> None:
    with Workspace.open(planted, sample_clock, read_only=True) as workspace:
        stored = {one.value for one in workspace.facts().observations}
        texts = {one.text for one in workspace.facts().observations}
    assert len(planted_numbers()) == 40
    assert set(planted_numbers()) <= stored
    assert WORDS in texts


def test_none_of_them_is_in_anything_that_goes_out(
    outputs: list[tuple[str, bytes]], pieces: list[tuple[str, bytes]]
) -> None:
    assert len(outputs) > 12
    for value in planted_numbers():
        assert not [name for name, piece in pieces if is_written(value, piece)], value
    public = [(name, piece) for name, piece in pieces if "restricted" not in name]
    for words in ("Quaternary orchid", "Narborough Yard"):
        assert not [name for name, piece in public if words.encode() in piece]


def test_their_totals_are_not_there_either(planted: Path, pieces: list[tuple[str, bytes]]) -> None:
    with Workspace.open(planted, sample_clock, read_only=True) as workspace:
        rows = workspace.overview(Q3, Audience.WORKING).all_rows
        labels = {measure.label: measure.code for measure in workspace.facts().measures}
    held = {labels[label] for label in COUNTS}
    held |= {ENTRANTS}
    totals = [row.latest.value for row in rows if row.measure in held and row.latest.value and row.area != COUNTY]
    assert len(totals) == 5
    for total in totals:
        assert not [name for name, piece in pieces if is_written(int(total), piece)]


def test_a_leak_in_the_builder_is_caught_by_the_gate(
    planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(planted, sample_clock) as workspace:
        row = next(
            one for one in workspace.overview(Q3, Audience.WORKING).all_rows if one.measure == "domestic-burglary"
        )
        sound, priorities = workspace._pages(Q3, Audience.PUBLIC)
        leaking = replace(sound, sentence=f"{sound.sentence} Domestic burglary stood at {row.latest.shown}.")
        monkeypatch.setattr(workspace, "_pages", lambda *_arguments: (leaking, priorities))
        with pytest.raises(UserError, match="may not be published") as caught:
            workspace.write_papers(Q3, tmp_path / "papers")
    assert row.latest.shown not in str(caught.value)
    assert list((tmp_path / "papers").iterdir()) == []
