"""What a test reads out of a PDF: its words, where they stand, and its structure tree."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def run(*command: str | Path) -> str:
    """What a command line tool says."""
    return told(*command).stdout


def told(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command line tool says on its output and on its error output."""
    parts = [str(part) for part in command]
    return subprocess.run(parts, check=True, capture_output=True, encoding="utf-8", errors="replace")


def plain_text(paper: Path) -> str:
    """The text of a paper in reading order, its lines joined."""
    return " ".join(run("pdftotext", paper, "-").split())


def elements(element: Any) -> Iterator[Any]:
    """Every structure element below (and with) one, in order."""
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from elements(kid)


def page_texts(paper: Path) -> list[str]:
    """The text of each page in reading order, its lines joined."""
    return [" ".join(page.split()) for page in run("pdftotext", paper, "-").split("\f")[:-1]]


def words_of(paper: Path, page: int) -> list[tuple[str, float, float, float, float]]:
    """The words of a page (from 1) with the left, top, right and lower edge of each, in points."""
    boxes = run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), paper, "-")
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes)
    return [(text, float(a), float(b), float(c), float(d)) for a, b, c, d, text in found]


def attribute(cell: Any, name: str) -> Any:
    """An attribute of a cell, whichever of its attribute objects holds it."""
    attributes = list(cell.A) if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return next((one[name] for one in attributes if name in one), None)
