"""The command `pack`: a meeting's pack as a PDF, with what still stands in its way."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcp_desktop.cli.answers import DONE, Answer
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.meetings import Meeting
from pcp_desktop.domain.packs import PackPage, Standing
from pcp_desktop.domain.periods import in_words
from pcp_desktop.errors import UserError

if TYPE_CHECKING:
    from pcp_desktop.workspace import Workspace


def add_options(command: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    command.add_argument("panel", type=Path)
    command.add_argument("--meeting", required=True, type=_day, metavar="DATE", help="its day, as in 2016-03-23")
    command.add_argument(
        "--audience", required=True, choices=[Audience.PUBLIC.value, Audience.RESTRICTED.value]
    )  # fmt: skip
    command.add_argument("--out", type=Path, required=True, metavar="DIR")


def run(options: argparse.Namespace) -> Answer:
    """Write the pack as it was published, or else as it stands, into the folder."""
    from pcp_desktop.cli import clock
    from pcp_desktop.workspace import Workspace

    audience = Audience(options.audience)
    # The change log says when a restricted pack leaves.
    with Workspace.open(options.panel, clock, read_only=audience is Audience.PUBLIC) as workspace:
        meeting = _meeting_on(workspace, options.meeting)
        path = written(workspace, meeting, audience, options.out)
        page = workspace.build_pack(meeting.number, audience)
    return DONE, _shape(page, path), _in_words(page, path)


def written(workspace: Workspace, meeting: Meeting, audience: Audience, folder: Path) -> Path:
    """Write a meeting's pack into a folder, which is made where it is not there, and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = workspace.pack_page(meeting.number, audience).file_name
    return workspace.draft_pack(meeting.number, audience, folder / name)


def _meeting_on(workspace: Workspace, day: date) -> Meeting:
    meetings = workspace.facts().meetings
    found = next((meeting for meeting in meetings if meeting.day == day), None)
    if found is None:
        days = ", ".join(in_words(meeting.day) for meeting in meetings) or "none"
        raise UserError(
            f"There is no meeting on {in_words(day)} in this panel file.",
            "No pack was made.",
            f"Give the day of one of its meetings: {days}.",
        )
    return found


def _shape(page: PackPage, path: Path) -> dict[str, Any]:
    return {
        "meeting": page.meeting.day.isoformat(),
        "audience": page.audience.value,
        "pages": len(page.page_numbers),
        "published": page.published is not None,
        "publish_by": page.deadline.day.isoformat(),
        "readiness": [
            {"standing": line.standing.value, "title": line.title, "text": line.text, "where": line.where}
            for line in page.readiness
        ],
        "files": [{"path": str(path), "what": _what(page)}],
    }


def _what(page: PackPage) -> str:
    return f"{page.audience.value.capitalize()} pack, meeting of {in_words(page.meeting.day)}"


def _in_words(page: PackPage, path: Path) -> str:
    lines = [f"{path}: {_what(page)}, {counted(len(page.page_numbers), 'page')}."]
    if page.published is not None:
        return f"{lines[0]} {page.read_only_reason}"
    lines.append(f"{page.deadline.words} {page.deadline.detail}")
    lines += [
        f"  {line.standing.value}: {line.title}" for line in page.readiness if line.standing is not Standing.DONE
    ]
    return "\n".join(lines)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2016-03-23") from None
