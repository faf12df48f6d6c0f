"""`export` writes an organisation's own figures into a folder and says what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pcp_desktop.cli import run


def test_export_writes_one_workbook(sample_panel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", str(sample_panel), "--organisation", "Leicester City Council", "--out", str(tmp_path)]
    assert run([*arguments, "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert Path(file["path"]).name == "Leicester City Council figures Q3 2015-16.xlsx"
    assert Path(file["path"]).is_file()
    assert run([*arguments, "--period", "Q2 2015/16"]) == 0
    assert (tmp_path / "Leicester City Council figures Q2 2015-16.xlsx").is_file()


def test_export_refuses_an_organisation_it_does_not_know(
    sample_panel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(sample_panel), "--organisation", "Nobody", "--out", str(tmp_path)]) == 1
    assert "Leicester City Council" in capsys.readouterr().err
    assert run(["export", str(sample_panel), "--out", str(tmp_path)]) == 2
