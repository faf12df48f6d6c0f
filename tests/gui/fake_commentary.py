"""Commentary that answers like an open panel file: what is written is read again, filled with made-up figures."""

from __future__ import annotations

from datetime import datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import CommentaryPage, LiveFigure, Paragraph, Run
from pcp_desktop.domain.periods import Period
from pcp_desktop.figures import live_figures

FIGURES = (
    LiveFigure("burglary.latest", "Domestic burglary", "12 months to December 2015", "4,014"),
    LiveFigure("burglary.quarter", "Domestic burglary", "Q3 2015/16", "1,053"),
    LiveFigure("burglary.rank", "Domestic burglary", "Position in the most similar group", "7th"),
    LiveFigure(
        "treatment.latest", "Treatment completed", "Q3 2015/16", "7.29%",
        held_words="Not published before national release", covered=True,
    ),
    LiveFigure(
        "hold.exempt", "Hold the paragraph", "Exempt information", "Held, exempt information:",
        held_words="Not published: exempt information",
    ),
)  # fmt: skip
MOMENT = datetime(2016, 2, 26, 14, 32)
BY = "Performance officer"


class FakeCommentary:
    """The verbs about commentary; `texts` and `drafts` hold what was written and typed, by priority."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.drafts: dict[str, str] = {}
        self.finished: set[str] = set()
        self.seen: dict[str, str] = {}
        self.figures = {figure.field: figure for figure in FIGURES}
        self.published = ""
        self.written: list[str] = []

    def commentary(self, priority: str, period: Period, audience: Audience) -> CommentaryPage:
        working = audience is Audience.WORKING
        draft = priority in self.drafts and working
        text = self.drafts[priority] if draft else self.texts.get(priority, "")
        figures = self.figures if working else {
            field: LiveFigure(field, one.group, one.words, "" if one.held_words else one.shown, (), one.held_words)
            for field, one in self.figures.items()
        }  # fmt: skip
        return CommentaryPage(
            priority=priority,
            period=period,
            audience=audience,
            text=text if working else "",
            paragraphs=live_figures.filled(text, figures),
            used=live_figures.used(text, figures, self.seen) if working else (),
            offered=tuple(self.figures.values()) if working else (),
            suggested=live_figures.filled("It stood at {{burglary.latest}}.", figures) if not text else (),
            earlier=(Paragraph((Run("It was "), Run("4,142", "burglary.latest"), Run("."))),),
            earlier_period=period.shifted(-3),
            finished=priority in self.finished and not draft,
            by=BY if text else "",
            on=MOMENT if text else None,
            draft=draft,
            read_only_reason=self.published,
        )

    def keep_draft(self, priority: str, period: Period, text: str) -> None:
        self.drafts[priority] = text

    def write_commentary(self, priority: str, period: Period, text: str, *, finished: bool | None = None) -> Changes:
        self.drafts.pop(priority, None)
        same = self.texts.get(priority) == text
        before = priority in self.finished
        self.texts[priority] = text
        self.written.append(text)
        done = finished if finished is not None else before and same
        (self.finished.add if done else self.finished.discard)(priority)
        self.seen |= {
            field: self.figures[field].shown for field in live_figures.fields(text) if field in self.figures
        }
        what = f"Written: the commentary on {priority} for {period.label}."
        return Changes(what, commentary=not same or done != before)

    def finish_commentary(self, priority: str, period: Period, finished: bool) -> Changes:
        (self.finished.add if finished else self.finished.discard)(priority)
        return Changes("Marked.", commentary=True)

    def keep_figure(self, priority: str, period: Period, field: str) -> Changes:
        self.seen[field] = self.figures[field].shown
        return Changes("Accepted.", commentary=True)
