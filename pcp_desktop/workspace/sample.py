"""The sample quarter: a panel file with every sample return accepted, for the demo and for looking round."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pcp_desktop import paths
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Clock, Workspace, may_be_accepted, plan_contents

SAMPLE_NOW = datetime(2016, 2, 26, 14, 32)
SAMPLE_PLAN = "2013-17"
RECEIVED = {
    "Victim services update": "victim services update.pdf",
    "Force change programme update": "force change programme update.pdf",
    "Complaint about the Commissioner: referral": "complaint referral.pdf",
}
"""The papers that the sample meeting receives, by the title of their item."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")


def sample_clock() -> datetime:
    """The moment the sample quarter lives in."""
    return SAMPLE_NOW


def sample_returns() -> list[Path]:
    """The sample quarter's workbooks in the order of their names."""
    return sorted(path for path in paths.sample_workbooks().iterdir() if path.suffix in _WORKBOOKS)


def sample_commentaries(period: Period) -> list[tuple[str, str]]:
    """The sample commentary of a quarter: each priority's code with its text."""
    folder = paths.sample_workbooks() / "commentary" / period.label.replace("/", "-")
    files = sorted(folder.glob("*.txt"), key=lambda file: (len(file.stem), file.stem))
    return [(file.stem, file.read_text(encoding="utf-8")) for file in files]


def make_sample_panel(panel: Path, progress: Progress = unwatched, clock: Clock = sample_clock) -> Workspace:
    """Make a panel file at `panel`: all returns accepted, all but the embargoed figures cleared, commentary finished.

    Gives the open workspace. Raises UserError where a sample workbook is damaged or missing, and Cancelled when
    stopped; no panel file is then left behind.
    """
    workspace = Workspace.create(panel, plan_contents(SAMPLE_PLAN), clock)
    try:
        returns = sample_returns()
        for done, path in enumerate(returns):
            progress(f"Reading {path.name}", done, len(returns))
            review = workspace.review(path)
            if not may_be_accepted(review):
                raise UserError(
                    f"The sample workbook {path.name} raises a question.",
                    "The sample quarter was not made.",
                    "Restore the sample workbooks as they were shipped.",
                )
            workspace.accept(review)
        codes = [measure.code for measure in workspace.facts().measures]
        workspace.clear_measures(codes, workspace.default_period().end)
        _write_commentaries(workspace)
        _receive_papers(workspace)
    except BaseException:
        workspace.close()
        panel.unlink(missing_ok=True)
        raise
    return workspace


def _receive_papers(workspace: Workspace) -> None:
    """Attach the papers that the sample meeting receives to their items, by the items' titles."""
    folder = paths.sample_workbooks() / "received"
    for agenda in workspace.facts().agendas:
        for item in agenda.items:
            name = RECEIVED.get(item.title)
            if name is not None:
                workspace.receive_paper(agenda.meeting.number, item.key, folder / name)


def _write_commentaries(workspace: Workspace) -> None:
    """Write the sample commentary of every quarter that has some, the oldest first."""
    for period in reversed(workspace.periods()):
        for priority, text in sample_commentaries(period):
            workspace.write_commentary(priority, period, text, finished=True)
