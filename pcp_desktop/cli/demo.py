"""The demo: the whole main job on the sample workbooks, on 26 February 2016 at 14:32, the same every run."""

from __future__ import annotations

from pathlib import Path

from pcp_desktop.errors import UserError

PANEL_NAME = "leicestershire-panel.pcp"
SCREEN_SIZE = (1366, 768)


def run_demo(out: Path) -> list[dict[str, str]]:
    """Do the main job into the folder `out`: panel file, papers and pictures of the screens.

    A panel file and papers of an earlier run in `out` are replaced; nothing else there is touched. Gives each file's
    path below `out` with what it is. Raises UserError where `out` cannot be written or a sample is not taken.
    """
    from pcp_desktop import app
    from pcp_desktop.workspace import sample

    panel = out / PANEL_NAME
    try:
        out.mkdir(parents=True, exist_ok=True)
        panel.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {out} cannot be written to ({error.strerror}).",
            "The demo was not made.",
            "Choose another folder with --out.",
        ) from error
    made = [(panel, "Panel file with the sample quarter")]
    with sample.make_sample_panel(panel) as workspace:
        made += workspace.write_papers(workspace.default_period(), out)
    made += app.render_screens(panel, out / "screens", SCREEN_SIZE, "light", 100, sample.sample_clock)
    return [{"path": path.relative_to(out).as_posix(), "what": what} for path, what in made]
