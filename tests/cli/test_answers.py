"""Whatever happens, a command ends in a status, in words without a traceback, and with --json in one JSON value."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pcp_desktop import cli
from pcp_desktop.cli import answers, run
from pcp_desktop.cli.demo import PANEL_NAME, refuse_empty_pictures
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace, plan_contents
from pcp_desktop.workspace.sample import sample_clock

ROOT = Path(__file__).parents[2]


def error_of(capsys: pytest.CaptureFixture[str], *arguments: str, status: int) -> dict[str, str]:
    assert run([*arguments, "--json"]) == status
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    error: dict[str, str] = json.loads(printed.out)["error"]
    assert set(error) == {"what", "where", "what_to_do"}
    assert all(error.values())
    return error


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("import", "panel.pcp"),
        ("status", "panel.pcp", "--audience", "everybody"),
        ("screens", "panel.pcp", "--out", "o", "--size", "10x10"),
        ("screens", "panel.pcp", "--out", "o", "--size", "99999x99999"),
        ("screens", "panel.pcp", "--out", "o", "--size", "²³⁴⁵x1000"),
        ("screens", "panel.pcp", "--out", "o", "--text", "²²²"),
        ("frobnicate",),
    ],
)
def test_wrong_use_is_said_in_json_too(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "usage" in error_of(capsys, *arguments, status=2)["what_to_do"]


@pytest.mark.parametrize(
    "period", ["", "Q3", "Q5 2015/16", "Q3 2015/17", "Q4 9999/00", "Q1 0000/01", "Q1 1899/00", "Q3 ２０15/16"]
)
def test_a_period_that_is_none_is_refused(
    period: str, sample_panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = error_of(capsys, "status", str(sample_panel), "--period", period, status=1)
    assert "Q3 2015/16" in error["what_to_do"]


def test_a_plan_of_endless_depth_and_a_name_too_long_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "deep.json"
    plan.write_text("[" * 100_000, encoding="utf-8")
    assert "deep.json" in error_of(capsys, "new", str(tmp_path / "a.pcp"), "--plan", str(plan), status=1)["what"]
    long = tmp_path / ("x" * 300)
    assert "xxx" in error_of(capsys, "new", str(long), "--plan", "2013-17", status=1)["what"]
    assert [path.name for path in tmp_path.iterdir()] == ["deep.json"]


def test_a_fault_of_ours_is_said_as_one_and_kept_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_options: argparse.Namespace) -> answers.Answer:
        raise ZeroDivisionError

    monkeypatch.setenv("PCP_DESKTOP_DATA", str(tmp_path))
    monkeypatch.setattr(cli, "_read", fails)
    error = error_of(capsys, "read", "a.xlsx", status=1)
    assert "ZeroDivisionError" in error["what"]
    assert str(tmp_path / "log.txt") in error["what_to_do"]
    assert "Traceback" in (tmp_path / "log.txt").read_text(encoding="utf-8")


BOTH = """
import sys
from pcp_desktop.cli import run
statuses = [run(["status", sys.argv[1], *more]) for more in (["--json"], [])]
sys.exit(max(statuses))
"""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_json_and_words_come_through_a_terminal_of_another_encoding(encoding: str, sample_panel: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", BOTH, str(sample_panel)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, b"")
    printed = answer.stdout.decode("utf-8" if encoding == "utf-8" else "cp1252")
    shape, end = json.JSONDecoder().raw_decode(printed)
    measures: list[dict[str, Any]] = shape["measures"]
    assert measures
    assert printed[end:].strip().startswith(sample_panel.name)


def test_a_reader_that_stops_reading_is_no_fault(sample_panel: Path) -> None:
    command = [sys.executable, "-m", "pcp_desktop", "status", str(sample_panel)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_pictures_that_a_full_drive_cut_short_are_refused(tmp_path: Path) -> None:
    picture = tmp_path / "01.png"
    picture.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(UserError, match=r"01\.png"):
        refuse_empty_pictures([(picture, "a screen")])
    with pytest.raises(UserError, match=r"02\.png"):
        refuse_empty_pictures([(tmp_path / "02.png", "a screen")])
    picture.write_bytes(b"\x89PNG\r\n...IEND\xaeB`\x82")
    refuse_empty_pictures([(picture, "a screen")])


def test_the_demo_does_not_replace_a_panel_file_that_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = tmp_path / PANEL_NAME
    with Workspace.create(panel, plan_contents("2013-17"), sample_clock):
        before = panel.read_bytes()
        assert PANEL_NAME in error_of(capsys, "demo", "--out", str(tmp_path), status=1)["what"]
        assert panel.read_bytes() == before
