"""Bringing returns in by command: twice changes nothing, a revision is shown and undone, bad input is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pcp_desktop.cli import run
from pcp_desktop.paths import sample_workbooks

CRIME = sample_workbooks() / "recorded crime Q3.xlsx"
MESSY = sample_workbooks() / "messy" / "PCC dashboard return Q3 final v2.xlsx"
REVISED = sample_workbooks() / "revised" / "recorded crime Q3.xlsx"


def answered(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict[str, Any]:
    assert run([*arguments, "--json"]) == status
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def figures_of(capsys: pytest.CaptureFixture[str], panel: Path) -> Any:
    return answered(capsys, "status", str(panel))["measures"]


def test_a_new_panel_file_takes_a_shipped_plan_or_one_of_ones_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = answered(capsys, "new", str(tmp_path / "first.pcp"), "--plan", "2013-17")
    assert (first["themes"], first["priorities"]) == (5, 18)
    second = answered(capsys, "new", str(tmp_path / "second.pcp"), "--plan", "2017-21")
    assert (second["themes"], second["priorities"], second["measures"]) == (5, 5, 15)
    assert len(figures_of(capsys, tmp_path / "second.pcp")) == 15
    assert run(["new", str(tmp_path / "first.pcp"), "--plan", "2013-17"]) == 1
    assert "first.pcp" in capsys.readouterr().err


def test_without_accept_nothing_is_stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    panel = tmp_path / "panel.pcp"
    run(["new", str(panel), "--plan", "2013-17"])
    capsys.readouterr()
    before = figures_of(capsys, panel)
    review = answered(capsys, "import", str(panel), str(CRIME))["reviews"][0]
    assert review["counts"]["new"] > 400
    assert not review["accepted"]
    assert review["organisation"] == "Leicestershire Police"
    assert figures_of(capsys, panel) == before


def test_the_same_quarter_twice_changes_nothing_and_says_so(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample_panel.read_bytes()
    review = answered(capsys, "import", str(sample_panel), str(CRIME), "--accept")["reviews"][0]
    assert not review["accepted"]
    assert review["already_accepted"]
    assert review["counts"]["new"] == review["counts"]["revised"] == 0
    assert "already" in review["summary"]
    assert sample_panel.read_bytes() == before


def test_a_revised_return_shows_old_and_new_and_undo_brings_the_old_back(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = figures_of(capsys, sample_panel)
    review = answered(capsys, "import", str(sample_panel), str(REVISED), "--accept")["reviews"][0]
    assert review["accepted"]
    assert review["counts"]["revised"] == 3
    revised = [figure for figure in review["figures"] if figure["change"] == "revised"]
    assert all(figure["stored"]["value"] != figure["new"]["value"] for figure in revised)
    assert figures_of(capsys, sample_panel) != before
    undone = answered(capsys, "undo", str(sample_panel))
    assert undone["changed"]
    assert figures_of(capsys, sample_panel) == before


def test_what_only_a_person_can_answer_is_listed_and_nothing_is_accepted_without_it(
    sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample_panel.read_bytes()
    review = answered(capsys, "import", str(sample_panel), str(MESSY), "--accept", status=1)["reviews"][0]
    assert not review["accepted"]
    assert (
        "it leaves 2 open questions, and nothing of it was stored. Bring it in through the window"
        in review["summary"]
    )
    assert [(asked["label"], asked["cell"], asked["choices"][0]["answer"]) for asked in review["questions"]] == [
        ("House break-ins", "A7", "domestic-burglary"),
        ("Vehicles taken", "A10", "theft-of-vehicle"),
    ]
    assert all(asked["choices"][-1]["answer"] == "" for asked in review["questions"])
    assert sample_panel.read_bytes() == before


WRONG = sorted(path for path in (sample_workbooks() / "wrong").iterdir() if path.is_file())


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_bad_input_is_named_says_what_to_do_and_changes_nothing(
    path: Path, sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample_panel.read_bytes()
    status = run(["import", str(sample_panel), str(path), "--accept", "--json"])
    review = json.loads(capsys.readouterr().out)["reviews"][0]
    assert review["file"] == path.name
    if "error" in review:
        assert status == 1
        assert path.name in review["error"]["what"]
        assert review["error"]["what_to_do"]
    else:
        assert review["counts"]["new"] == review["counts"]["revised"] == 0
        assert review["findings"]
    assert sample_panel.read_bytes() == before


def test_a_folder_or_a_file_that_is_not_there_is_named(
    sample_panel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "nowhere.xlsx", tmp_path):
        assert run(["import", str(sample_panel), str(path)]) == 1
        assert path.name in capsys.readouterr().err


def test_read_stores_nothing_and_gives_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "read", str(CRIME))
    assert answer["file"] == CRIME.name
    assert any(sheet["hidden"] for sheet in answer["sheets"])
    points = [
        point
        for sheet in answer["sheets"]
        for table in sheet["tables"]
        for series in table["series"]
        for point in series["points"]
    ]
    assert len(points) > 400
    assert {"cell", "period", "value", "marker"} <= set(points[0])


def test_a_copied_panel_file_verifies_and_a_damaged_one_is_refused(
    sample_panel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(capsys, "verify", str(sample_panel))["ok"]
    damaged = tmp_path / "damaged.pcp"
    shutil.copyfile(sample_panel, damaged)
    with damaged.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    assert run(["verify", str(damaged)]) == 1
    assert capsys.readouterr().err


def test_wrong_use_is_told_apart_from_a_refusal() -> None:
    assert run(["new", "panel.pcp"]) == 2
