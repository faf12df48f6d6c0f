"""The Packs page: agenda lines with their pages and marks, beside the readiness list and the publication date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.meetings import AgendaItem, ItemKind, PublishedPack
from pcp_desktop.domain.packs import AgendaLine, PackPage, ReadinessLine, Standing
from pcp_desktop.domain.periods import in_words, moment_in_words
from pcp_desktop.papers.readiness import PackState, PaperInPack

if TYPE_CHECKING:  # the page is read without the library that joins papers
    from pcp_desktop.papers.pack import Pack

FRONT_SHEET = 0
"""The key of the front sheet among the papers of a pack."""
_READINGS = {
    "not tagged": "It has no tags: a screen reader finds its text, but no headings, lists or tables.",
    "scanned": "It is pictures of its pages: a screen reader finds no text in it.",
}
_KINDS = {
    ItemKind.VERBAL: "Verbal update",
    ItemKind.GENERATED: "Generated",
}


def build(
    state: PackState,
    readiness: Sequence[ReadinessLine],
    *,
    page_numbers: tuple[int, ...] = (),
    blank_backs: int = 0,
    honest_line: str = "",
    published: PublishedPack | None = None,
    read_only_reason: str = "",
) -> PackPage:
    """The page of one meeting's pack as `state` has it; without pages where the pack has not been set."""
    return PackPage(
        meeting=state.agenda.meeting,
        audience=state.audience,
        agenda=state.agenda,
        lines=(_front_sheet(state), *(_line(state, readiness, item) for item in state.agenda.items)),
        readiness=tuple(readiness),
        deadline=state.deadline,
        page_numbers=page_numbers,
        double_sided_words=_double_sided(blank_backs) if page_numbers else "",
        honest_line=honest_line,
        published=published,
        read_only_reason=_published_words(published) if published else read_only_reason,
    )


def published_lines(pack: PublishedPack) -> tuple[ReadinessLine, ...]:
    """What stands in the place of the readiness list once a pack is out: by whom, how large, and its checksums."""
    titles = (
        f"Published by {pack.by}, {moment_in_words(pack.published)}",
        f"{counted(pack.pages, 'page')}, with {counted(len(pack.figures), 'figure')} kept as printed",
        f"SHA-256 of the PDF: {_in_groups(pack.sha256)}",
        f"Head of the change log that it prints: {_in_groups(pack.log_head)}",
    )
    return tuple(ReadinessLine(Standing.DONE, title) for title in titles)


def _in_groups(digits: str) -> str:
    """A checksum in groups of eight, so that it can be read and its lines can break."""
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))


def papers_of(pack: Pack) -> dict[int, PaperInPack]:
    """The papers of a pack by their items' keys; several papers of one item are one."""
    return {
        item: PaperInPack(*pages, not_accessible=" ".join(_shortcomings(pack, item)))
        for item in dict.fromkeys(paper.item for paper in pack.papers)
        if (pages := pack.pages_of(item)) is not None
    }


def _shortcomings(pack: Pack, item: int) -> Iterator[str]:
    """Why the papers of an item cannot be read with a screen reader, in sentences."""
    for paper in pack.papers:
        if paper.item != item:
            continue
        if paper.reading.value in _READINGS:
            yield _READINGS[paper.reading.value]
        elif paper.shortcomings:
            yield f"It is tagged, but {', and '.join(paper.shortcomings)}."


def numbers_of(pack: Pack) -> tuple[int, ...]:
    """The numbers of a pack's pages in order."""
    printed = {number for paper in pack.papers for number in range(paper.first, paper.last + 1)}
    return tuple(sorted(printed | set(pack.blank_backs)))


def pages_shown(paper: PaperInPack | None) -> str:
    """A range of pages: "3–10", or "57" for a single one; empty where there is none."""
    if paper is None:
        return ""
    return f"{paper.first_page}–{paper.last_page}" if paper.last_page > paper.first_page else str(paper.first_page)


def _published_words(pack: PublishedPack) -> str:
    return f"Published {in_words(pack.published.date())}. Figures cannot change."


def _front_sheet(state: PackState) -> AgendaLine:
    paper = state.papers.get(FRONT_SHEET)
    return AgendaLine(
        FRONT_SHEET,
        "",
        "Front sheet and agenda",
        "Generated",
        pages_shown(paper),
        paper.first_page if paper else 0,
        paper.last_page if paper else 0,
        Standing.DONE if paper else None,
    )


def _line(state: PackState, readiness: Sequence[ReadinessLine], item: AgendaItem) -> AgendaLine:
    paper = state.papers.get(item.key)
    return AgendaLine(
        item.key,
        str(state.agenda.number_of(item.key)),
        item.title,
        _detail(state, item),
        pages_shown(paper),
        paper.first_page if paper else 0,
        paper.last_page if paper else 0,
        _standing(readiness, item, paper),
        item,
    )


def _standing(readiness: Sequence[ReadinessLine], item: AgendaItem, paper: PaperInPack | None) -> Standing | None:
    """How an item stands: the worst line about it, or done once its paper is in the pack."""
    about = {line.standing for line in readiness if line.item == item.key}
    worst = next((standing for standing in Standing if standing in about), None)
    return worst or (Standing.DONE if paper is not None else None)


def _detail(state: PackState, item: AgendaItem) -> str:
    """The second line of an item: whether it is exempt, which must not be cut off; whose report, and what kind."""
    parts: list[str] = []
    if item.exemption is not None:
        withheld = "" if item.may_be_read_by(state.audience) else ", not in the public pack"
        parts.append(f"Exempt, paragraph {item.exemption.paragraph}{withheld}")
    if item.kind is not ItemKind.STANDING:
        parts.append(item.report_of or item.author)
    if item.kind is ItemKind.RECEIVED:
        parts.append(f"Received {_kind_of_file(item.paper.name)}" if item.paper else "Paper awaited")
    elif item.kind in _KINDS:
        parts.append(_KINDS[item.kind])
    return " · ".join(part for part in parts if part)


def _kind_of_file(name: str) -> str:
    """The ending of a file's name in the way it is spoken of: "PDF"."""
    return name.rpartition(".")[2].upper()


def _double_sided(blank_backs: int) -> str:
    if blank_backs == 0:
        return "Double-sided: every paper already starts on an odd page, so no blank backs are added."
    many = "1 blank back is" if blank_backs == 1 else f"{blank_backs} blank backs are"
    return f"Double-sided: {many} added, so that every paper starts on an odd page."
