"""The papers that the sample meeting receives as PDF: one tagged, one without tags, and one for the exempt item."""

from __future__ import annotations

import io
from datetime import UTC
from pathlib import Path
from typing import Literal

import pikepdf
import typst

from making.sheets import SENT

SOURCES = Path(__file__).resolve().parent / "received"
VICTIM_SERVICES = "victim services update.pdf"
FORCE_CHANGE = "force change programme update.pdf"
COMPLAINT = "complaint referral.pdf"
Standard = Literal["ua-1", "a-2a", "a-2u"]


def make(folder: Path) -> None:
    """Write the three papers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VICTIM_SERVICES).write_bytes(_paper("victim_services.typ", ["ua-1", "a-2a"]))
    (folder / FORCE_CHANGE).write_bytes(_paper("force_change.typ", ["a-2u"], tags=False))
    (folder / COMPLAINT).write_bytes(_paper("complaint_referral.typ", ["ua-1", "a-2a"]))


def _paper(source: str, standards: list[Standard], *, tags: bool = True) -> bytes:
    """A paper as PDF, the same bytes every time."""
    compiled = typst.compile(
        SOURCES / source,
        font_paths=typst.Fonts(include_system_fonts=False),
        format="pdf",
        pdf_standards=[*standards],
        timestamp=int(SENT.replace(tzinfo=UTC).timestamp()),
        pdf_tags=tags,
    )
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(compiled)) as document:
        document.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()
