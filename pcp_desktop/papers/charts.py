"""A ChartSpec as data for the templates, and as a picture; where its numbers come from belongs to analysis."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pcp_desktop.domain.clearance import HELD_MARK
from pcp_desktop.domain.pages import ChartMark, ChartPoint, ChartSeries, ChartSpec, EndLabel, LimitSegment
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.signal_keys import SignalKey, signal_keys
from pcp_desktop.errors import UserError
from pcp_desktop.papers import typst
from pcp_desktop.papers.files import write_safely

PICTURE_WIDTH_POINTS = 504.0
PICTURE_HEIGHT_POINTS = 200.0
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""A picture has no date of its own, so that the same chart is the same file."""
_PNG_HEAD = 8 + 4 + 4 + 13 + 4


def chart_data(spec: ChartSpec) -> dict[str, Any]:
    """The chart as JSON for chart.typ: the fields that are drawn, and none that are not (no cell, no twin table)."""
    return {
        "kind": spec.kind.value,
        "title": spec.title,
        "subtitle": spec.subtitle,
        "alt": spec.alt,
        "source": spec.source,
        "length": spec.length,
        "y_low": spec.y_low,
        "y_high": spec.y_high,
        "y_ticks": [{"position": tick.position, "text": tick.text} for tick in spec.y_ticks],
        "x_ticks": [{"position": tick.position, "text": tick.text} for tick in spec.x_ticks],
        "years": [{"first": year.first, "last": year.last, "text": year.text} for year in spec.years],
        "series": [_series(series) for series in spec.series],
        "signals": [_signal(key) for key in signal_keys(spec)],
        "limits": [_limits(segment) for segment in spec.limits],
        "baseline": _baseline(spec.baseline),
        "breaks": [_mark(mark) for mark in spec.breaks],
        "events": [_mark(mark) for mark in spec.events],
        "end_labels": [_end_label(label) for label in spec.end_labels],
        "reference": _end_label(spec.reference) if spec.reference else None,
        "mark": HELD_MARK if spec.held is not None else None,
    }


def picture(
    spec: ChartSpec,
    out: Path,
    *,
    width: float = PICTURE_WIDTH_POINTS,
    height: float = PICTURE_HEIGHT_POINTS,
    progress: Progress = unwatched,
) -> Path:
    """Save a chart with its title and source line as a picture; its text alternative goes into the file.

    Args:
        spec: the chart.
        out: a `.png` (192 dots an inch), `.svg` or `.pdf` (tagged) file; what is there is replaced.
        width, height: of the drawing in points, title and source line not counted; bars set their own height.

    Raises:
        UserError: another ending than those, or the file cannot be written.
        Cancelled: by `progress`.
    """
    kind = out.suffix.lower().lstrip(".")
    if kind not in ("png", "svg", "pdf"):
        raise UserError(
            f"{out.name} cannot be a picture of a chart.",
            "Nothing was written.",
            "Give the file a name that ends in .png, .svg or .pdf.",
        )
    data = {"chart": chart_data(spec), "width": width, "height": height}
    if kind == "pdf":
        return write_safely(out, typst.pdf("picture.typ", data, timestamp=NO_DATE, progress=progress))
    content = typst.picture("picture.typ", data, kind, progress=progress)
    described = _described_png(content, spec) if kind == "png" else _described_svg(content, spec)
    return write_safely(out, described)


def drawing(
    spec: ChartSpec,
    typesetter: typst.Typesetter,
    *,
    width: float = PICTURE_WIDTH_POINTS,
    height: float = PICTURE_HEIGHT_POINTS,
    progress: Progress = unwatched,
) -> bytes:
    """A chart's drawing as PNG, `width` points at 192 dots an inch, without its title and source.

    For papers that set those as text of their own; title and text alternative go into the file as well.
    """
    data = {"chart": chart_data(spec), "width": width, "height": height}
    return _described_png(typesetter.picture("drawing.typ", data, "png", progress=progress), spec)


def _series(series: ChartSeries) -> dict[str, Any]:
    return {"name": series.name, "role": series.role.value, "points": [_point(point) for point in series.points]}


def _point(point: ChartPoint) -> dict[str, Any]:
    return {
        "period": point.period,
        "value": point.value,
        "shown": point.shown,
        "signal": point.signal.value,
        "direction": point.direction.value,
        "low": point.low,
        "high": point.high,
        "at": point.at,
    }


def _signal(key: SignalKey) -> dict[str, Any]:
    return {"filled": key.filled, "direction": key.direction.value, "words": key.words}


def _limits(segment: LimitSegment) -> dict[str, Any]:
    return {
        "first": segment.first,
        "last": segment.last,
        "mean": segment.mean,
        "lower": segment.lower,
        "upper": segment.upper,
        "standing": segment.standing,
        "words": segment.words,
        "runs": [[_limits_at(position, *ends) for position, ends in run] for run in segment.runs],
    }


def _limits_at(position: int, lower: float, mean: float, upper: float) -> dict[str, Any]:
    return {"position": position, "lower": lower, "mean": mean, "upper": upper}


def _baseline(band: tuple[int, int, str] | None) -> dict[str, Any] | None:
    return None if band is None else {"first": band[0], "last": band[1], "label": band[2]}


def _mark(mark: ChartMark) -> dict[str, Any]:
    return {"position": mark.position, "label": mark.label}


def _end_label(label: EndLabel) -> dict[str, Any]:
    role = label.role.value if label.role else None
    return {"value": label.value, "text": label.text, "strong": label.strong, "role": role}


def _described_svg(content: bytes, spec: ChartSpec) -> bytes:
    """The drawing with the chart's title and text alternative, which a screen reader reads for the picture."""
    head, mark, rest = content.decode().partition(">")
    words = f"<title>{escape(spec.title)}</title><desc>{escape(_alternative(spec))}</desc>"
    return f'{head} role="img"{mark}{words}{rest}'.encode()


def _described_png(content: bytes, spec: ChartSpec) -> bytes:
    """The picture with title and text alternative in text chunks after its header."""
    chunks = _text_chunk("Title", spec.title) + _text_chunk("Description", _alternative(spec))
    return content[:_PNG_HEAD] + chunks + content[_PNG_HEAD:]


def _alternative(spec: ChartSpec) -> str:
    """The text alternative, after the mark of held figures."""
    return spec.alt if spec.held is None else f"{HELD_MARK}. {spec.alt}"


def _text_chunk(keyword: str, words: str) -> bytes:
    """An international text chunk (PNG specification 11.3.4.5), not compressed, in English."""
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0en-GB\0\0" + words.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
