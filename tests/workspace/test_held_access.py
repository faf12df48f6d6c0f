"""Who saw held figures and took them out: in the change log before it happens, on a page and in a list to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pcp_desktop.domain.clearance import HELD_MARK, Audience, Clearance, ClearanceState, Recipient
from pcp_desktop.domain.held_access import AccessRow, HeldFigures
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.periods import quarter
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock

Q3 = quarter(2015, 3)
BURGLARY = Clearance("domestic-burglary", ClearanceState.WAITING, Q3.end, until="its board")


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel, sample_clock) as opened:
        yield opened


def accesses(workspace: Workspace) -> list[AccessRow]:
    return list(workspace.told().accesses)


def chart(workspace: Workspace) -> ChartSpec:
    """The main chart of domestic burglary in the working view."""
    main = workspace.priority("SP12", Q3, Audience.WORKING).measures[0].main
    assert main is not None
    return main


def test_covered_figures_are_recorded_once_for_each_measure_and_session(
    workspace: Workspace, sample_panel: Path
) -> None:
    workspace.held_shown(["treatment-opiate"], Q3)
    workspace.held_shown(["treatment-opiate", "treatment-alcohol"], Q3)
    workspace.held_shown(["treatment-opiate", "treatment-alcohol"], Q3)
    shown = accesses(workspace)
    assert [one.what for one in shown] == ["Shown: Working view"] * 2
    assert "alcohol" in shown[0].measures.lower()
    workspace.close()
    with Workspace.open(sample_panel, sample_clock) as again:
        again.held_shown(["treatment-opiate"], Q3)
        assert len(accesses(again)) == 3
        assert again.verify().ok


def test_a_picture_of_held_figures_carries_their_mark_and_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    cleared = workspace.picture(chart(workspace), tmp_path / "cleared.svg")
    assert accesses(workspace) == []
    workspace.hold(BURGLARY)
    held = workspace.picture(chart(workspace), tmp_path / "held.svg")
    assert workspace.drawn(chart(workspace)).count(HELD_MARK.encode()) == 1
    assert HELD_MARK in held.read_text(encoding="utf-8")
    assert HELD_MARK not in cleared.read_text(encoding="utf-8")
    copied, saved = accesses(workspace)
    assert (saved.what, saved.file, saved.periods) == (
        "Saved: Chart as a picture", "held.svg", "April 2012 to December 2015",
    )  # fmt: skip
    assert (copied.what, copied.file) == ("Copied: Chart as a picture", "")
    assert int(saved.count) >= 45


def test_the_public_view_of_the_same_measure_has_nothing_to_record(workspace: Workspace) -> None:
    workspace.hold(BURGLARY)
    for audience in (Audience.PUBLIC, Audience.RESTRICTED):
        panels = workspace.priority("SP12", Q3, audience).measures
        assert all(panel.held is None for panel in panels)
        assert all(spec.held is None for panel in panels for spec in panel.charts)


def test_a_partners_own_held_figures_leave_only_where_that_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    workspace.write_partner_workbook("Leicester City Council", Q3, tmp_path)
    assert accesses(workspace) == []
    workspace.hold(BURGLARY)
    ((path, _what),) = workspace.write_partner_workbook("Leicestershire Police", Q3, tmp_path)
    (saved,) = accesses(workspace)
    assert saved.file == path.name
    assert "burglary" in saved.measures.lower()
    with Workspace.open(workspace.path, sample_clock, read_only=True) as closed:
        with pytest.raises(UserError, match="cannot be changed"):
            closed.write_partner_workbook("Leicestershire Police", Q3, tmp_path / "closed")
        with pytest.raises(UserError, match="cannot be changed"):
            closed.held_copied(HeldFigures("Table", ("domestic-burglary",), "2015", 12))
    assert list((tmp_path / "closed").iterdir()) == []


def test_a_blank_return_that_gives_held_figures_back_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    workspace.hold(BURGLARY)
    workspace.write_templates("Leicestershire Police", Q3, tmp_path)
    assert "Saved: Blank return of Leicestershire Police" in {one.what for one in accesses(workspace)}


def test_recipients_are_changed_and_removed_and_said_to_have_no_access_any_more(workspace: Workspace) -> None:
    director = Recipient("treatment-opiate", "Director of Public Health", date(2016, 2, 1), date(2016, 2, 25))
    workspace.tell([director, replace(director, role="Chief Executive", expires=date(2016, 3, 31))])
    lasting, ended = workspace.told().recipients
    assert (lasting.standing, lasting.ended) == ("Has access until 31 March 2016", False)
    assert (ended.standing, ended.ended) == ("Access ended on 25 February 2016", True)
    workspace.tell([replace(ended.recipient, expires=date(2016, 4, 1), purpose="To answer the Panel")])
    assert not any(one.ended for one in workspace.told().recipients)
    workspace.forget_recipient(lasting.recipient)
    assert [one.recipient.role for one in workspace.told().recipients] == ["Director of Public Health"]
    workspace.undo()
    workspace.undo()
    assert workspace.told().recipients == (lasting, ended)


def test_the_list_that_is_handed_over_says_who_was_told_and_holds_no_figure(
    workspace: Workspace, tmp_path: Path
) -> None:
    empty = openpyxl.load_workbook(workspace.write_told(tmp_path / "empty.xlsx"))
    assert [empty[name]["A4"].value for name in empty.sheetnames[2:]] == ["Nobody", "Nothing"]
    told = Recipient("treatment-opiate", "=Chief", date(2016, 2, 1), date(2016, 3, 25), purpose="To prepare")
    workspace.tell([told])
    workspace.hold(BURGLARY)
    workspace.drawn(chart(workspace))
    book = openpyxl.load_workbook(workspace.write_told(tmp_path / "told.xlsx"))
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"=Chief", "To prepare", "Copied: Chart as a picture", "1 Feb 2016", "25 Mar 2016"} <= set(words)
    assert not [word for word in words if "4,014" in word or word == "351"]
