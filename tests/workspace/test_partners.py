"""Partner workbooks leave the panel file only after they were searched for what is another organisation's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock

QUARTER = "Q3 2015-16"


def test_every_organisation_whose_figures_may_be_passed_on_gets_its_workbook(
    sample_panel: Path, tmp_path: Path
) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as workspace:
        written = workspace.write_partner_workbooks(workspace.default_period(), tmp_path / "out")
    assert [path.name for path, _what in written] == [
        f"{name} figures {QUARTER}.xlsx"
        for name in (
            "Integrated Offender Management programme",
            "Leicester City Council",
            "Leicestershire County Council",
            "Leicestershire Police",
            "Mental Health Partnership",
            "Office of the Police and Crime Commissioner",
            "Rutland County Council",
            "Safeguarding Children Board",
        )
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path, _what in written)


def test_one_that_holds_held_figures_goes_out_by_itself_and_to_their_supplier_alone(
    sample_panel: Path, tmp_path: Path
) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        period = workspace.default_period()
        rows = workspace.overview(period, Audience.WORKING).all_rows
        held = next(row.latest for row in rows if row.measure == "treatment-opiate")
        ((path, _what),) = workspace.write_partner_workbook("Public Health", period, tmp_path)
    sheet = openpyxl.load_workbook(path)["SP3 Treatment completed opiates"]
    assert held.shown in {cell.value for row in sheet.iter_rows() for cell in row}


def test_a_workbook_with_anothers_held_figure_never_takes_its_place(
    sample_panel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as workspace:
        period = workspace.default_period()
        theirs = workspace.partner("Public Health", period)
        leaking = replace(workspace.partner("Leicester City Council", period), series=theirs.series[:1])
        monkeypatch.setattr(workspace, "partner", lambda *_arguments: leaking)
        with pytest.raises(UserError, match="opiates"):
            workspace.write_partner_workbook("Leicester City Council", period, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unknown_organisation_is_refused_with_those_that_are_known(sample_panel: Path, tmp_path: Path) -> None:
    opened = Workspace.open(sample_panel, sample_clock, read_only=True)
    with opened as workspace, pytest.raises(UserError) as caught:
        workspace.write_partner_workbook("Nobody", workspace.default_period(), tmp_path / "out")
    assert "Leicestershire Police" in caught.value.what_to_do
    assert not (tmp_path / "out").exists()
