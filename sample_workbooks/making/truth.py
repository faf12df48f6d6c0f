"""What a right reading of each sample must give, collected while the samples are written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from making.published import WHOLE_AREA
from pcp_desktop.domain.periods import Period

Entry = dict[str, Any]


@dataclass
class Truth:
    """The figures of one file, and apart from them its totals, which may be read but never as a shorter period."""

    file: str
    figures: list[Entry] = field(default_factory=list)
    totals: list[Entry] = field(default_factory=list)

    def add(
        self,
        measure: str,
        period: Period,
        cell: str,
        value: float | None,
        *,
        sheet: str = "",
        area: str = WHOLE_AREA,
        part: str = "value",
        marker: str = "final",
        label: str = "",
        text: str | None = None,
        total: bool = False,
    ) -> None:
        """Note one figure with its cell; `label` is the partner's own word for the measure."""
        entry: Entry = {
            "measure": measure,
            "area": area,
            "period": {"kind": str(period.kind), "start": str(period.start), "end": str(period.end)},
            "part": part,
            "sheet": sheet,
            "cell": cell,
            "value": value,
            "marker": marker,
            "label": label,
        }
        if text is not None:
            entry["text"] = text
        (self.totals if total else self.figures).append(entry)


def write(path: Path, all_truth: list[Truth]) -> None:
    """Write the figures to `path` (one line each) and the totals to `totals.json` beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_lines({each.file: each.figures for each in all_truth}), encoding="utf-8")
    sums = {each.file: each.totals for each in all_truth if each.totals}
    path.with_name("totals.json").write_text(_lines(sums), encoding="utf-8")


def _lines(content: dict[str, list[Entry]]) -> str:
    files = []
    for name, entries in content.items():
        rows = ",\n".join(f"    {json.dumps(entry, ensure_ascii=False)}" for entry in entries)
        body = f"[\n{rows}\n  ]" if rows else "[]"
        files.append(f"  {json.dumps(name)}: {body}")
    return "{\n" + ",\n".join(files) + "\n}\n"
