"""Time to build a pack, as a ratio to the bare typesetter with the same sources, and of a second build to the first.

`python -m tests.benchmarks.bench_pack [pairs]` prints the ratios. A pair is the bare typesetter in a fresh process
and a first build with fresh child processes, taking turns so that a busy machine slows both alike; after each first
build one title of the agenda is changed and the pack built again, then one sentence of the longest paper. The aims:
a first build at most 1.3 times the bare typesetter, a second build at most half of the first.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pcp_desktop.domain.progress import Progress
from pcp_desktop.papers import typst
from pcp_desktop.papers.dashboard import set_dashboard
from pcp_desktop.papers.pack import OwnPaper, Pack, PackMaker, PackOrder
from pcp_desktop.papers.report import set_report
from tests.papers import pack_orders as orders
from tests.papers.sample_pages import MOMENT, overview_page, performance_report, priority_pages

ROOT = Path(__file__).parents[2]
AIM_FIRST, AIM_SECOND = 1.3, 0.5
BARE = """
import json, sys, typst
from pathlib import Path
resources, folder = map(Path, sys.argv[1:])
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resources / "fonts"])
for number, (template, data) in enumerate(json.loads((folder / "sources.json").read_text(encoding="utf-8"))):
    typst.compile(
        resources / "typst" / template, output=folder / f"{number}.pdf", root=resources / "typst", font_paths=fonts,
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1", "a-2a"], timestamp=0,
    )
"""


def dashboard() -> OwnPaper:
    """The whole dashboard with every chart page."""

    def set_from(first: int, typesetter: typst.Typesetter, progress: Progress) -> bytes:
        return set_dashboard(
            overview_page(),
            priority_pages(),
            timestamp=MOMENT,
            typesetter=typesetter,
            progress=progress,
            item="Item 7, Appendix A",
            first_page=first,
        )

    return OwnPaper("Appendix A: partnership dashboard", set_from)


def report(words: str = "") -> OwnPaper:
    """The performance report of all priorities; `words` are an edit of its first sentence."""
    plain = performance_report()
    edited = replace(plain, purpose=(plain.purpose[0] + words, *plain.purpose[1:]))

    def set_from(first: int, typesetter: typst.Typesetter, progress: Progress) -> bytes:
        return set_report(edited, timestamp=MOMENT, typesetter=typesetter, progress=progress, first_page=first)

    return OwnPaper("Performance report", set_from)


def order(title: str = "", words: str = "") -> PackOrder:
    """The sample meeting's pack of some sixty pages; `title` and `words` are edits of agenda and report."""
    plain = orders.sample_agenda()
    items = [replace(plain.items[0], title=plain.items[0].title + title), *plain.items[1:]]
    papers: orders.Papers = {
        orders.VICTIMS: [orders.victim_services()],
        orders.CHANGE: [orders.force_change()],
        orders.REPORT: [report(words), dashboard()],
    }
    return orders.order(agenda=replace(plain, items=tuple(items)), papers=papers)


def sources() -> tuple[Pack, list[tuple[str, str]]]:
    """The pack, and every source that is set for it: template and data, the letters of the stamps left out."""
    found: list[tuple[str, str]] = []

    class Recording(typst.Typesetter):
        def pdf(self, template: str, data: Any, **rest: Any) -> bytes:
            if template != "stamp.typ":
                found.append((template, json.dumps(data, ensure_ascii=False)))
            return super().pdf(template, data, **rest)

    with PackMaker(Recording()) as maker:
        return maker.make(order()), found


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def pair(folder: Path) -> tuple[float, float, float, float]:
    """Seconds of the bare typesetter, of a first build, and of second builds after an edit of agenda and of paper."""
    command = [sys.executable, "-c", BARE, str(ROOT / "resources"), str(folder)]
    bare = seconds(lambda: subprocess.run(command, check=True))
    with PackMaker() as maker:
        first = seconds(lambda: maker.make(order()))
        title = seconds(lambda: maker.make(order(title=", as amended")))
        words = seconds(lambda: maker.make(order(words=" One more sentence.")))
    return bare, first, title, words


def main() -> int:
    """Print medians and ratios; 1 where an aim is missed."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        pack, found = sources()
        (Path(name) / "sources.json").write_text(json.dumps(found), encoding="utf-8")
        pair(Path(name))
        results = [pair(Path(name)) for _pair in range(pairs)]
    bare, first, title, words = (statistics.median(column) for column in zip(*results, strict=True))
    to_bare = statistics.median(one[1] / one[0] for one in results)
    after_title = statistics.median(one[2] / one[1] for one in results)
    after_words = statistics.median(one[3] / one[1] for one in results)
    print(
        f"pack of {pack.pages} pages: bare {bare:.2f} s, first build {first:.2f} s, "
        f"ratio {to_bare:.2f} (aim {AIM_FIRST})"
    )
    print(f"after a title of the agenda: {title:.2f} s, {after_title:.2f} of the first (aim {AIM_SECOND})")
    print(f"after a sentence of a paper: {words:.2f} s, {after_words:.2f} of the first (aim {AIM_SECOND})")
    return 0 if to_bare <= AIM_FIRST and max(after_title, after_words) <= AIM_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
