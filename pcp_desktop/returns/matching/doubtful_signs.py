"""Signs in the place of figures that may mean several things, where no note says which; what was answered of them."""

from __future__ import annotations

import re
from dataclasses import replace

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.recognition import LEAVE_OUT, QuestionKind
from pcp_desktop.returns.matching.answers import Answers
from pcp_desktop.returns.recognition.found import Point, Series

_DOUBTFUL = re.compile(r"\*{1,3}|#{1,2}|~{1,2}|[†‡^@x]", re.IGNORECASE)


def key(mark: str) -> str:
    """The key of a mark: an organisation uses one for the same thing wherever it stands."""
    return mark.lower()


def is_doubtful(point: Point, explained: frozenset[str]) -> bool:
    """Whether a mark stands in the place of the figure that may mean several things, and no note says which."""
    alone = point.number is None and point.text is None and not point.is_blank
    return alone and bool(_DOUBTFUL.fullmatch(point.mark)) and key(point.mark) not in explained


def as_answered(series: Series, answers: Answers, explained: frozenset[str]) -> Series:
    """The series with what a person said of its doubtful marks; a footnote's cell is as an empty one."""
    if not any(is_doubtful(point, explained) for point in series.points):
        return series
    points: list[Point] = []
    blanks = list(series.blanks)
    for point in series.points:
        answer = answers.about(QuestionKind.SIGN, key(point.mark)) if is_doubtful(point, explained) else None
        if answer is None:
            points.append(point)
        elif answer.answer == LEAVE_OUT:
            blanks.append(replace(point, is_blank=True, mark="", marker=Marker.NOT_AVAILABLE))
        else:
            points.append(replace(point, marker=Marker(answer.answer)))
    return replace(series, points=tuple(points), blanks=tuple(blanks))
