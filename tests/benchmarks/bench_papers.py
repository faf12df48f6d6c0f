"""Time to write the dashboard, as a ratio to the bare typesetter with the same data, in paired runs.

`python tests/benchmarks/bench_papers.py [pairs]` prints one line; each setting is a fresh process, and the two kinds
take turns so that a busy machine slows both alike. The aim is a ratio of at most 1.3.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pcp_desktop.analysis.pages import overview, priority  # noqa: E402  (the checkout is put on the path first)
from pcp_desktop.domain.clearance import Audience  # noqa: E402
from pcp_desktop.domain.pages import OverviewPage, PriorityPage  # noqa: E402
from pcp_desktop.papers.dashboard import dashboard_data, write_dashboard  # noqa: E402
from tests.analysis.pages.sample import QUARTER, sample_facts  # noqa: E402

AIM = 1.3
MOMENT = datetime(2016, 2, 26, 14, 32)
BARE = """
import sys, typst
from pathlib import Path
resources, data, out = map(Path, sys.argv[1:])
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resources / "fonts"])
typst.compile(
    resources / "typst" / "dashboard.typ", output=out, root=resources / "typst", font_paths=fonts, format="pdf",
    sys_inputs={"data": data.read_text(encoding="utf-8")}, pdf_standards=["ua-1", "a-2a"], timestamp=0,
)
"""
Pages = tuple[OverviewPage, list[PriorityPage]]


def public_pages() -> Pages:
    """The public pages of the sample quarter."""
    facts = sample_facts()
    priorities = [priority.build(facts, one.code, QUARTER, Audience.PUBLIC) for one in facts.plan.priorities]
    return overview.build(facts, QUARTER, Audience.PUBLIC), priorities


def bare_seconds(folder: Path) -> float:
    """The typesetter alone in a fresh process."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", BARE, ROOT / "resources", folder / "data.json", folder / "bare.pdf"]
    subprocess.run([str(part) for part in command], check=True)
    return time.perf_counter() - begun


def our_seconds(pages: Pages, folder: Path) -> float:
    """The whole writing: data, typesetter, structure tree, safe file."""
    begun = time.perf_counter()
    write_dashboard(*pages, folder / "ours.pdf", timestamp=MOMENT)
    return time.perf_counter() - begun


def ratio(pairs: int) -> tuple[float, float, float]:
    """Median seconds of the bare typesetter and of ours over `pairs` paired runs, and the median of the ratios."""
    pages = public_pages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = json.dumps(dashboard_data(*pages, "Appendix A"), ensure_ascii=False)
        (folder / "data.json").write_text(data, encoding="utf-8")
        bare_seconds(folder)
        our_seconds(pages, folder)
        found = [(bare_seconds(folder), our_seconds(pages, folder)) for _pair in range(pairs)]
    bare, ours = (statistics.median(column) for column in zip(*found, strict=True))
    return bare, ours, statistics.median(mine / plain for plain, mine in found)


def main() -> int:
    """Print the medians and the ratio; 1 where the aim is missed."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    bare, ours, times = ratio(pairs)
    print(f"dashboard: bare {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms, ratio {times:.2f} (aim {AIM})")
    return 0 if times <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
