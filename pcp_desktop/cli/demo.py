"""The demo: the whole main job on the sample workbooks, on 26 February 2016 at 14:32, the same every run."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.cli.packs import written
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.errors import UserError

if TYPE_CHECKING:
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.workspace import Workspace

PANEL_NAME = "leicestershire-panel.pcp"
PARTNERS = "partners"
SCREEN_SIZE = (1366, 768)
_PNG_END = b"IEND\xaeB`\x82"


def run_demo(out: Path) -> list[dict[str, str]]:
    """Do the main job into the folder `out`: panel file, papers and pictures of the screens.

    Papers of an earlier run in `out` are replaced. A panel file of the demo's name that is not what it makes is kept
    beside it as “… (earlier).pcp”; nothing else there is touched. Gives each file's path below `out` with what it is.
    Raises UserError where `out` cannot be written, the panel file there is open, or a sample is not taken.
    """
    from pcp_desktop import app
    from pcp_desktop.workspace import sample

    panel = out / PANEL_NAME
    _refuse_open_panel(panel)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=out) as folder:
            fresh = Path(folder) / PANEL_NAME
            with sample.make_sample_panel(fresh) as workspace:
                period = workspace.default_period()
                papers = workspace.write_papers(period, out)
                papers += workspace.write_partner_workbooks(period, out / PARTNERS)
                papers += _write_packs(workspace, period, out)
            put_in_place(fresh, panel)
    except OSError as error:
        raise UserError(
            f"The folder {out} cannot be written to ({error.strerror}).",
            "The demo was not made.",
            "Choose another folder with --out.",
        ) from error
    pictures = app.render_screens(panel, out / "screens", SCREEN_SIZE, "light", 100, sample.sample_clock)
    refuse_empty_pictures(pictures)
    made = [(panel, "Panel file with the sample quarter"), *papers, *pictures]
    return [{"path": path.relative_to(out).as_posix(), "what": what} for path, what in made]


def _write_packs(workspace: Workspace, period: Period, out: Path) -> list[tuple[Path, str]]:
    """Write the public pack into `out` and the restricted one into a folder of its own; each with what it is."""
    meeting = workspace.meeting(period)
    if meeting is None:
        return []
    return [
        (written(workspace, meeting, Audience.PUBLIC, out), "Public pack of the meeting (PDF)"),
        (
            written(workspace, meeting, Audience.RESTRICTED, out / "restricted"),
            "Restricted pack, with exempt items (PDF)",
        ),
    ]


def put_in_place(fresh: Path, panel: Path) -> None:
    """Put the new panel file in its place; another one that is there is kept beside it."""
    if panel.exists() and panel.read_bytes() != fresh.read_bytes():
        panel.replace(panel.with_name(f"{panel.stem} (earlier){panel.suffix}"))
    fresh.replace(panel)


def _refuse_open_panel(panel: Path) -> None:
    """Refuse to replace a panel file that somebody has open. Raises UserError."""
    from pcp_desktop.workspace import holder_of

    holder = holder_of(panel)
    if holder:
        raise UserError(
            f"The demo's panel file “{panel}” cannot be replaced: it is open ({holder}).",
            "The demo was not made, and nothing has changed.",
            "Close it where it is open, or choose another folder with --out.",
        )


def refuse_empty_pictures(pictures: Sequence[tuple[Path, str]]) -> None:
    """Raise UserError where a picture is missing, empty or cut short, as on a full drive."""
    for path, _what in pictures:
        try:
            whole = path.read_bytes().endswith(_PNG_END)
        except OSError:
            whole = False
        if not whole:
            raise UserError(
                f"The picture “{path}” could not be written whole.",
                "The pictures are not complete.",
                "Make room on the drive or choose another folder with --out, and run it again.",
            )
