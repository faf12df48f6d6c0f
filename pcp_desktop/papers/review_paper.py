"""The review of a return as a tagged PDF, a working document; what stands on it is decided by its page."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.review_pages import ReviewPage
from pcp_desktop.papers.dashboard import BODY
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.tagging import finish_tags
from pcp_desktop.papers.typst import pdf

WORKING = "Working document. Not for publication."
_NAMING_COLUMN = 0


def write_review(page: ReviewPage, out: Path, *, timestamp: datetime, progress: Progress = unwatched) -> Path:
    """Write a review as a PDF/UA-1 and PDF/A-2a file of its own; what is at `out` is replaced.

    Raises UserError where it cannot be written or its text not be set, and Cancelled by `progress`.
    """
    content = pdf(
        "review.typ",
        review_data(page),
        timestamp=timestamp,
        progress=progress,
        words="Setting the review",
        amend=lambda document: finish_tags(document, _NAMING_COLUMN),
    )
    return write_safely(out, content)


def review_data(page: ReviewPage) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON for review.typ."""
    title = f"Review of “{page.file}”"
    return {
        **asdict(page),
        "title": title,
        "panel": BODY,
        "description": f"{title}. {page.scope}. {WORKING}",
        "footer": f"{title}. {page.scope}. {WORKING}",
        "working": WORKING,
    }
