"""`demo` does the whole main job without a screen and without a network, and says where everything is."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from pcp_desktop.cli import run
from pcp_desktop.cli.demo import PANEL_NAME, put_in_place


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PCP_DESKTOP_DATA", str(tmp_path_factory.mktemp("demo-data")))
        assert run(["demo", "--out", str(out)]) == 0
    return out


def test_panel_file_papers_and_pictures_are_there(demo: Path) -> None:
    names = {path.relative_to(demo).as_posix() for path in demo.rglob("*") if path.is_file()}
    assert {
        "leicestershire-panel.pcp",
        "Performance report Q3 2015-16.pdf",
        "partners/Leicestershire Police figures Q3 2015-16.xlsx",
        "Performance report Q3 2015-16.docx",
        "Appendix A dashboard Q3 2015-16.pdf",
        "Performance data Q3 2015-16.xlsx",
        "Panel pack 23 March 2016 public.pdf",
        "restricted/Panel pack 23 March 2016 restricted.pdf",
        "screens/01-overview.png",
        "screens/02-priority-sp12.png",
        "screens/03-returns.png",
        "screens/05-review.png",
        "screens/07-pack.png",
        "screens/08-meeting-sp14.png",
        "screens/10a-welcome.png",
        "screens/10b-error.png",
    } <= names
    assert not [name for name in names if name.endswith((".part", ".tmp", ".lock"))]


def test_no_received_workbook_is_copied_there(demo: Path) -> None:
    from pcp_desktop.workspace.sample import sample_returns

    received = {path.name for path in sample_returns()}
    assert not received & {path.name for path in demo.rglob("*")}


def test_pictures_have_the_size_of_a_small_laptop_and_the_meeting_view_that_of_a_room(demo: Path) -> None:
    for picture in (demo / "screens").glob("*.png"):
        width, height = struct.unpack(">II", picture.read_bytes()[16:24])
        room = "meeting" in picture.name
        assert (width, height) == ((1920, 1080) if room else (1366, 768)), picture.name


def test_a_second_run_gives_the_same_papers_and_keeps_another_panel_file_beside_its_own(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel, earlier = demo / PANEL_NAME, demo / "leicestershire-panel (earlier).pcp"
    papers = sorted([path for kind in ("pdf", "docx", "xlsx", "pcp") for path in demo.rglob(f"*.{kind}")])
    before = {path: path.read_bytes() for path in papers}
    assert panel in before
    panel.write_bytes(b"somebody's own")
    assert run(["demo", "--out", str(demo), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {path: path.read_bytes() for path in papers} == before
    assert earlier.read_bytes() == b"somebody's own"
    assert not list(demo.glob(".making-*"))
    for file in answer["files"]:
        assert (demo / file["path"]).is_file()
        assert file["what"]


def test_the_same_panel_file_is_replaced_without_a_copy(tmp_path: Path) -> None:
    fresh, panel = tmp_path / "fresh.pcp", tmp_path / PANEL_NAME
    for path in (fresh, panel):
        path.write_bytes(b"the sample quarter")
    put_in_place(fresh, panel)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(PANEL_NAME, b"the sample quarter")]
