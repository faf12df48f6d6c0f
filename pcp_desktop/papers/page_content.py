"""What a received page draws: how much of it is tagged, and the same drawing without its marks or inside one mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator, Pdf

Instruction = ContentStreamInstruction | ContentStreamInlineImage
DEEPEST_FORM = 12
_PAINTS = frozenset(("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"))


@dataclass(frozen=True)
class Drawing:
    """Whether a page paints anything, and anything neither tagged nor an artifact; the numbers of its marked content.

    `balanced`: every graphics state that is saved is restored, and none that was not.
    """

    paints: bool
    untagged: bool
    balanced: bool
    marks: frozenset[int]


def drawing_of(page: pikepdf.Page) -> Drawing:
    """What a page draws, read through its own operators and those of the forms that it draws.

    Raises pikepdf.PdfError where the content cannot be read.
    """
    instructions = list(pikepdf.parse_content_stream(page))
    resources = page.obj.get("/Resources", Dictionary())
    painted = list(_uncovered(instructions, resources, 0))
    opened = (_properties(one.operands, resources) for one in instructions if str(one.operator) == "BDC")
    marks = frozenset(int(properties.MCID) for properties in opened if "/MCID" in properties)
    return Drawing(bool(painted), any(painted), _is_balanced(instructions), marks)


def _uncovered(instructions: Iterable[Instruction], resources: Any, depth: int) -> Iterator[bool]:
    """For everything painted: whether it stands outside tagged content and outside artifacts."""
    covers: list[bool] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            covers.append(_covers(instruction.operands, resources))
        elif operator == "EMC":
            covers[-1:] = []
        elif operator == "Do":
            yield from _drawn_object(instruction.operands, resources, any(covers), depth)
        elif operator in _PAINTS:
            yield not any(covers)


def _covers(operands: Any, resources: Any) -> bool:
    """Whether marked content is an artifact or belongs to a structure element."""
    return operands[0] == "/Artifact" or "/MCID" in _properties(operands, resources)


def _properties(operands: Any, resources: Any) -> Any:
    """The properties of marked content, given with it or by a name among the page's resources."""
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Name):
        properties = resources.get("/Properties", Dictionary()).get(properties)
    return properties if isinstance(properties, Dictionary) else Dictionary()


def _drawn_object(operands: Any, resources: Any, covered: bool, depth: int) -> Iterator[bool]:
    """A picture, or a form whose own content may be tagged."""
    drawn = resources.get("/XObject", Dictionary()).get(operands[0])
    if covered or drawn is None or drawn.get("/Subtype") != "/Form" or depth >= DEEPEST_FORM:
        yield not covered
    else:
        yield from _uncovered(pikepdf.parse_content_stream(drawn), drawn.get("/Resources", resources), depth + 1)


def _is_balanced(instructions: Iterable[Instruction]) -> bool:
    """Whether every saved graphics state is restored, and none that was not saved."""
    depth = 0
    for instruction in instructions:
        operator = str(instruction.operator)
        depth += (operator == "q") - (operator == "Q")
        if depth < 0:
            return False
    return depth == 0


def balance(document: Pdf, page: pikepdf.Page) -> None:
    """Let a page restore exactly the graphics states that it saves, so that it can be drawn inside another."""
    page.obj.Contents = document.make_stream(_written(pikepdf.parse_content_stream(page), keep_marks=True))


def wrap_in_one_mark(document: Pdf, page: pikepdf.Page, kind: str) -> None:
    """Make all that a page draws the content 0 of one structure element of a kind ("P"); its own marks go."""
    for form in _forms(page.obj.get("/Resources", Dictionary()), 0):
        form.write(_written(pikepdf.parse_content_stream(form), keep_marks=False))
    content = _written(pikepdf.parse_content_stream(page), keep_marks=False)
    page.obj.Contents = document.make_stream(b"/%s <</MCID 0>> BDC\nq\n%s\nQ\nEMC" % (kind.encode(), content))


def _forms(resources: Any, depth: int) -> Iterator[Any]:
    for drawn in resources.get("/XObject", Dictionary()).values():
        if drawn.get("/Subtype") == "/Form" and depth < DEEPEST_FORM:
            yield drawn
            if "/Resources" in drawn:
                yield from _forms(drawn.Resources, depth + 1)


def _written(instructions: Iterable[Instruction], *, keep_marks: bool) -> bytes:
    """The drawing with states saved and restored in pairs; marks but those of layers are left out unless kept."""
    kept: list[Instruction] = []
    marks: list[bool] = []
    saved, in_text = 0, False
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            marks.append(keep_marks or instruction.operands[0] == "/OC")
            if not marks[-1]:
                continue
        elif operator == "EMC":
            if not marks or not marks.pop():
                continue
        elif operator in ("MP", "DP") or (operator == "Q" and saved == 0):
            continue
        saved += (operator == "q") - (operator == "Q")
        in_text = operator == "BT" or (in_text and operator != "ET")
        kept.append(instruction)
    endings = ["ET"] * in_text + ["EMC"] * sum(marks) + ["Q"] * saved
    kept.extend(ContentStreamInstruction([], Operator(ending)) for ending in endings)
    return pikepdf.unparse_content_stream(kept)
