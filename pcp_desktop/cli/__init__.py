"""The command line: what the window does, headless. Shapes of `--json` are in cli.shapes, the demo in cli.demo."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcp_desktop import __version__
from pcp_desktop.cli import chart, packs
from pcp_desktop.cli.answers import DONE, REFUSED, Answer, Arguments, WrongUse, answered, error_shape
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.returns import Severity
from pcp_desktop.errors import UserError

if TYPE_CHECKING:
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.workspace import Workspace

COMMANDS = (
    "demo",
    "new",
    "template",
    "read",
    "import",
    "undo",
    "status",
    "export",
    "chart",
    "pack",
    "share",
    "verify",
    "screens",
)


def run(arguments: Sequence[str]) -> int:
    """Run the program with its arguments; gives 0 done, 1 refused, 2 wrong use."""
    if not arguments or arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
        return _window(arguments)
    return answered(lambda: _commanded(arguments), arguments)


def _commanded(arguments: Sequence[str]) -> Answer:
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], Answer] = options.run
    return command(options)


def _window(arguments: Sequence[str]) -> int:
    parser = Arguments(
        prog="pcp-desktop",
        description="The working desk of a Police and Crime Panel's secretariat.",
        epilog=f"Commands without a window: {', '.join(COMMANDS)}; pcp-desktop COMMAND --help says more.",
    )
    parser.add_argument("panel", nargs="?", type=Path, metavar="PANEL", help="the panel file to open")
    try:
        options = parser.parse_args(arguments)
        if options.panel is not None and not options.panel.suffix and not options.panel.exists():
            known = f"There is no command “{options.panel}”; commands are {', '.join(COMMANDS)}"
            raise WrongUse(known, parser.format_usage())
    except WrongUse as error:
        return answered(partial(_raised, error), arguments)
    from pcp_desktop import app

    return app.show_window(options.panel)


def _raised(error: WrongUse) -> Answer:
    raise error


def _parser() -> argparse.ArgumentParser:
    parser = Arguments(prog="pcp-desktop", description="The working desk of a Police and Crime Panel's secretariat.")
    parser.add_argument("--version", action="version", version=f"PCP Desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run_it: Callable[[argparse.Namespace], Answer], words: str) -> Arguments:
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--json", action="store_true", help="print the answer as JSON")
        command.set_defaults(run=run_it)
        return command

    demo = add("demo", _demo, "the whole main job on the sample workbooks")
    demo.add_argument("--out", type=Path, default=Path("demo"), metavar="DIR")
    new = add("new", _new, "make an empty panel file from a plan")
    new.add_argument("panel", type=Path)
    new.add_argument("--plan", required=True, metavar="NAME|FILE")
    template = add("template", _template, "the blank returns of an organisation for a quarter")
    template.add_argument("panel", type=Path)
    template.add_argument("--organisation", required=True, metavar="O")
    template.add_argument("--period", required=True, metavar="P", help="a quarter such as 'Q4 2015/16'")
    template.add_argument("--out", type=Path, required=True, metavar="DIR")
    read = add("read", _read, "show what is recognised in a workbook; nothing is stored")
    read.add_argument("workbook", type=Path)
    bring_in = add("import", _import, "review workbooks against a panel file; with --accept, store them")
    bring_in.add_argument("panel", type=Path)
    bring_in.add_argument("workbooks", type=Path, nargs="+", metavar="WORKBOOK")
    bring_in.add_argument("--accept", action="store_true", help="take what has no open question")
    undo = add("undo", _undo, "take back the last accepted return or edit")
    undo.add_argument("panel", type=Path)
    status = add("status", _status, "every measure with its figures, status and sources")
    status.add_argument("panel", type=Path)
    status.add_argument("--period", metavar="P", help="a quarter such as 'Q3 2015/16'; default the latest")
    status.add_argument("--audience", choices=[audience.value for audience in Audience], default="working")
    chart.add_options(add("chart", chart.run, "a control chart of any dated series, with or without a picture"))
    export = add("export", _export, "an organisation's own figures as a workbook to send back")
    export.add_argument("panel", type=Path)
    export.add_argument("--organisation", required=True, metavar="O")
    export.add_argument("--period", metavar="P", help="a quarter such as 'Q3 2015/16'; default the latest")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    packs.add_options(add("pack", packs.run, "a meeting's pack as a PDF, with what stands in its way"))
    share = add("share", _share, "a copy of a panel file without figures that are held")
    share.add_argument("panel", type=Path)
    share.add_argument("--out", type=Path, required=True, metavar="FILE")
    verify = add("verify", _verify, "check a panel file's integrity, schema and change log")
    verify.add_argument("panel", type=Path)
    screens = add("screens", _screens, "pictures of every screen")
    screens.add_argument("panel", type=Path)
    screens.add_argument("--out", type=Path, required=True, metavar="DIR")
    screens.add_argument("--size", default="1366x768", type=_size, metavar="WIDTHxHEIGHT")
    screens.add_argument("--theme", choices=["light", "dark", "contrast"], default="light")
    screens.add_argument("--text", type=_text_scale, default=100, metavar="100..150")
    return parser


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{3,4})x([0-9]{3,4})", text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (640 <= width <= 7680 and 400 <= height <= 4320):
        raise argparse.ArgumentTypeError("a size such as 1366x768, from 640x400 to 7680x4320")
    return width, height


def _text_scale(text: str) -> int:
    if not re.fullmatch("[0-9]{2,3}", text) or not 90 <= int(text) <= 150:
        raise argparse.ArgumentTypeError("a whole number from 90 to 150")
    return int(text)


def clock() -> datetime:
    """The time as the computer has it; the demo hands in its own."""
    return datetime.now().replace(microsecond=0)


# ---------------------------------------------------------------- the commands


def _demo(options: argparse.Namespace) -> Answer:
    from pcp_desktop.cli.demo import run_demo

    files = run_demo(options.out)
    words = [f"The papers and pictures are in {options.out.resolve()}:"]
    words += [f"  {file['path']}: {file['what']}" for file in files]
    return DONE, {"files": files}, "\n".join(words)


def _new(options: argparse.Namespace) -> Answer:
    from pcp_desktop import workspace

    contents = workspace.plan_contents(options.plan)
    with workspace.Workspace.create(options.panel, contents, clock):
        pass
    priorities = len(contents.plan.priorities)
    answer = {
        "panel": str(options.panel),
        "plan": contents.plan.name,
        "themes": len(contents.plan.themes),
        "priorities": priorities,
        "measures": len(contents.measures),
    }
    words = f"{options.panel} is ready: {contents.plan.name}, {priorities} priorities, {answer['measures']} measures."
    return DONE, answer, words


def _template(options: argparse.Namespace) -> Answer:
    from pcp_desktop.workspace import Workspace

    with Workspace.open(options.panel, clock) as workspace:
        written = workspace.write_templates(options.organisation, workspace.period_named(options.period), options.out)
    return _files_answer(written)


def _export(options: argparse.Namespace) -> Answer:
    from pcp_desktop.workspace import Workspace

    # Not for reading alone: where held figures leave, the change log says so.
    with Workspace.open(options.panel, clock) as workspace:
        period = _period_of(options, workspace)
        return _files_answer(workspace.write_partner_workbook(options.organisation, period, options.out))


def _period_of(options: argparse.Namespace, workspace: Workspace) -> Period:
    """The quarter that was asked for, or the newest."""
    return workspace.period_named(options.period) if options.period is not None else workspace.default_period()


def _files_answer(written: Sequence[tuple[Path, str]]) -> Answer:
    """The answer of a command that writes files."""
    files = [{"path": str(path), "what": what} for path, what in written]
    return DONE, {"files": files}, "\n".join(f"{file['path']}: {file['what']}" for file in files)


def _read(options: argparse.Namespace) -> Answer:
    from pcp_desktop import workspace
    from pcp_desktop.cli.shapes import recognised_in_words

    answer = workspace.recognised(options.workbook)
    return DONE, answer, recognised_in_words(answer)


def _import(options: argparse.Namespace) -> Answer:
    from pcp_desktop.cli.shapes import review_in_words
    from pcp_desktop.workspace import Workspace

    answers: list[dict[str, Any]] = []
    words: list[str] = []
    status = DONE
    with Workspace.open(options.panel, clock, read_only=not options.accept) as workspace:
        for path in options.workbooks:
            try:
                shape, refused = _reviewed(workspace, path, options.accept)
            except UserError as error:
                refused = True
                shape = {"file": path.name, "error": error_shape(error), "summary": str(error)}
            status = REFUSED if refused else status
            answers.append(shape)
            words.append(review_in_words(shape))
    return status, {"reviews": answers}, "\n".join(words)


def _reviewed(workspace: Workspace, path: Path, accept: bool) -> tuple[dict[str, Any], bool]:
    """The review of one workbook, and whether it should have been accepted and was not."""
    from pcp_desktop.cli.shapes import review_shape
    from pcp_desktop.workspace import may_be_accepted, summary_of

    review = workspace.review(path)
    summary = f"{summary_of(review)}."
    if not accept:
        return review_shape(review, accepted=False, summary=summary), False
    if not (may_be_accepted(review) or review.already_accepted):
        asked = len(review.recognition.questions)
        left = asked or sum(found.severity is Severity.QUESTION for found in review.findings)
        summary = f"{summary} Not accepted: it leaves {counted(left, 'open question')}, and nothing of it was stored."
        if asked:
            summary = f"{summary} Bring it in through the window, which asks and remembers the answers."
        return review_shape(review, accepted=False, summary=summary), True
    changes = workspace.accept(review)
    return review_shape(review, accepted=bool(changes), summary=f"{summary} {changes.summary}"), False


def _undo(options: argparse.Namespace) -> Answer:
    from pcp_desktop.workspace import Workspace

    with Workspace.open(options.panel, clock) as workspace:
        changes = workspace.undo()
    return (
        DONE,
        {"summary": changes.summary, "figures": changes.observations, "changed": bool(changes)},
        changes.summary,
    )


def _status(options: argparse.Namespace) -> Answer:
    from pcp_desktop.cli.shapes import status_in_words, status_shape
    from pcp_desktop.workspace import Workspace

    with Workspace.open(options.panel, clock, read_only=True) as workspace:
        page = workspace.overview(_period_of(options, workspace), Audience(options.audience))
    return DONE, status_shape(page), status_in_words(page)


def _share(options: argparse.Namespace) -> Answer:
    from pcp_desktop.workspace import Workspace

    with Workspace.open(options.panel, clock, read_only=True) as workspace:
        out = workspace.share(options.out, workspace.default_period())
    return DONE, {"copy": str(out)}, f"{out} holds what the public may see and nothing else."


def _verify(options: argparse.Namespace) -> Answer:
    from pcp_desktop.cli.shapes import verify_shape
    from pcp_desktop.workspace import Workspace

    with Workspace.open(options.panel, clock, read_only=True) as workspace:
        report = workspace.verify()
    words = "The panel file is sound." if report.ok else "\n".join(report.problems)
    if report.held_accesses:
        times = counted(report.held_accesses, "time")
        words = f"{words}\nHeld figures were shown, copied or saved {times}; the Clearance page lists them."
    return (DONE if report.ok else REFUSED), verify_shape(options.panel, report), words


def _screens(options: argparse.Namespace) -> Answer:
    from pcp_desktop import app
    from pcp_desktop.cli.demo import refuse_empty_pictures

    pictures = app.render_screens(options.panel, options.out, options.size, options.theme, options.text, clock)
    refuse_empty_pictures(pictures)
    return _files_answer(pictures)
