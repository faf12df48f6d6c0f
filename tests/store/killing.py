"""Kills a process that is writing to a panel file, at random moments, and says what is found afterwards.

Run as a program of its own (`python -m tests.store.killing COUNT SEED FOLDER`), so that its children are copies of a
process in which nothing else goes on. It writes one line of JSON: for each deed how often the file was as before and
as after it. It ends with an error at the first file that is neither, or not sound.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from pcp_desktop.store import opening
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples, next_version
from tests.store.examples import BY, NOW, later

# "fork" where there is one: a child is there at once. Elsewhere each child imports everything anew.
_METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
_FIGURES = 1500


@dataclass(frozen=True)
class Deed:
    """Something that is done to a panel file: what is there before it, and the deed itself."""

    prepare: Callable[[Path], None]
    do: Callable[[Path, Callable[[], None]], None]


def _empty(path: Path) -> None:
    PanelFile.create(path, examples.contents(), NOW).close()


def _with_figures(path: Path) -> None:
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(_FIGURES, content=b"x" * 300_000), NOW, BY)


def _revised(path: Path) -> None:
    _with_figures(path)
    with PanelFile.open(path, NOW) as panel:
        panel.accept(examples.revised(_FIGURES), NOW, BY)


def _accept(path: Path, ready: Callable[[], None]) -> None:
    with PanelFile.open(path, NOW) as panel:
        ready()
        panel.accept(examples.revised(_FIGURES, content=b"y" * 300_000), later(1), BY)


def _undo(path: Path, ready: Callable[[], None]) -> None:
    with PanelFile.open(path, NOW) as panel:
        ready()
        panel.undo(later(1), BY)


def _clear(path: Path, ready: Callable[[], None]) -> None:
    with PanelFile.open(path, NOW) as panel:
        ready()
        panel.record_clearances([examples.clearance(f"m{number}") for number in range(3)], later(1), BY)


def _create(path: Path, ready: Callable[[], None]) -> None:
    ready()
    PanelFile.create(path, examples.contents(measures=200), NOW).close()


def _migrate(path: Path, ready: Callable[[], None]) -> None:
    with next_version.known():
        ready()
        PanelFile.open(path, NOW, backups_folder=path.parent / "backups").close()


DEEDS = {
    "accept": Deed(_with_figures, _accept),
    "undo": Deed(_revised, _undo),
    "clear": Deed(_with_figures, _clear),
    "create": Deed(lambda _: None, _create),
    "migrate": Deed(_with_figures, _migrate),
}


def _child(name: str, path: Path, ready: Event) -> None:
    DEEDS[name].do(path, ready.set)


def _state(path: Path) -> object:
    """Everything there is in the file, after SQLite and the lock have recovered; None where there is no file.

    Raises AssertionError where it is not sound.
    """
    if not path.exists():
        return None
    version = _version(path)
    knowing = next_version.known() if version == next_version.VERSION else nullcontext()
    with knowing, PanelFile.open(path, NOW) as panel:
        report = panel.verify()
        if not report.ok or panel.read_only_reason:
            raise AssertionError(f"not sound: {report} {panel.read_only_reason}")
        return version, panel.facts(NOW), report.log_head


def _version(path: Path) -> int:
    """The schema version, once a journal left behind has been rolled back."""
    with closing(opening.connect(path, "rw")) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def _killed(name: str, path: Path, after: float) -> None:
    """Start the deed in a child process and kill it some seconds after it has begun."""
    ready = multiprocessing.Event()
    child = multiprocessing.Process(target=_child, args=(name, path, ready))
    child.start()
    ready.wait(60)
    time.sleep(after)
    child.kill()
    child.join()


def main(count: int, seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Kill `count` times, the deeds in turn; how often each file was as before, and as after."""
    multiprocessing.set_start_method(_METHOD)
    chance = random.Random(seed)
    found = {name: {"before": 0, "after": 0} for name in DEEDS}
    bases: dict[str, tuple[object, object, float]] = {}
    for name, deed in DEEDS.items():
        base, done = folder / f"{name} base.pcp", folder / f"{name} done.pcp"
        deed.prepare(base)
        if base.exists():
            shutil.copyfile(base, done)
        moments: list[float] = []
        deed.do(done, lambda moments=moments: moments.append(time.perf_counter()))  # type: ignore[misc]
        bases[name] = (_state(base), _state(done), time.perf_counter() - moments[0])
    for number in range(count):
        name = list(DEEDS)[number % len(DEEDS)]
        before, after, seconds = bases[name]
        path = folder / f"{name} base.pcp" if name != "create" else folder / "none.pcp"
        work = folder / f"{number}" / f"{name} done.pcp"
        work.parent.mkdir()
        if path.exists():
            shutil.copyfile(path, work)
        _killed(name, work, chance.uniform(0, seconds))
        if name == "create" and not work.exists():
            PanelFile.create(work.with_name("again.pcp"), examples.contents(), NOW).close()
        state = _comparable(_state(work))
        if state not in (_comparable(before), _comparable(after)):
            raise AssertionError(f"{name} was left half done")
        found[name]["before" if state == _comparable(before) else "after"] += 1
        shutil.rmtree(work.parent)
    return found


def _comparable(state: object) -> str:
    """A state without the file's own name."""
    return repr(state).replace(" base.pcp", ".pcp").replace(" done.pcp", ".pcp")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
