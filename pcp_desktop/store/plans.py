"""Plans and what they ship with but for measures: themes, priorities, organisations, boards, returns, dates."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from pcp_desktop.domain.measures import Break, Event, PeerGroup
from pcp_desktop.domain.meetings import Meeting
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.plans import Plan, PlanContents, Priority, Theme
from pcp_desktop.domain.returns import ExpectedReturn, Organisation
from pcp_desktop.store import measures


def as_text(words: Iterable[str]) -> str:
    """A tuple of texts as one column keeps it."""
    return json.dumps(list(words), ensure_ascii=False)


def add(connection: sqlite3.Connection, contents: PlanContents) -> None:
    """Write a plan and everything it ships with; sqlite3.IntegrityError where it contradicts itself."""
    plan = contents.plan
    position = connection.execute("SELECT count(*) FROM plans").fetchone()[0]
    baseline = period_columns(plan.baseline)
    days = (plan.first_day.isoformat(), plan.last_day.isoformat())
    connection.execute(
        "INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (plan.code, position, plan.name, plan.area, plan.force, *baseline, *days),
    )
    _add_priorities(connection, plan)
    connection.executemany(
        "INSERT INTO organisations VALUES (?, ?, ?)",
        [(plan.code, organisation.name, place) for place, organisation in enumerate(contents.organisations)],
    )
    boards = [measure.board for measure in contents.measures] + [ask.board for ask in contents.expected_returns]
    connection.executemany(
        "INSERT INTO boards VALUES (?, ?, ?)",
        [(plan.code, board, place) for place, board in enumerate(dict.fromkeys(boards))],
    )
    measures.add(connection, plan.code, contents.measures)
    expect(connection, plan.code, contents.expected_returns)
    _add_dates(connection, contents)


def _add_priorities(connection: sqlite3.Connection, plan: Plan) -> None:
    for place, theme in enumerate(plan.themes):
        connection.execute("INSERT INTO themes VALUES (?, ?, ?)", (plan.code, place, theme.name))
        connection.executemany(
            "INSERT INTO priorities VALUES (?, ?, ?, ?, ?)",
            [(plan.code, one.code, place, inner, one.title) for inner, one in enumerate(theme.priorities)],
        )


def expect(connection: sqlite3.Connection, plan: str, expected: tuple[ExpectedReturn, ...]) -> None:
    """Write returns that the plan expects from now on, after those it expects already."""
    first = connection.execute("SELECT count(*) FROM expected_returns WHERE plan = ?", (plan,)).fetchone()[0]
    connection.executemany(
        "INSERT INTO expected_returns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(plan, one.code, place, one.title, one.organisation, *period_columns(one.period)),
                *(one.due.isoformat(), as_text(one.measures), one.board),
                *(one.board_meets.isoformat() if one.board_meets else None, int(one.holds_figures)),
            )
            for place, one in enumerate(expected, start=first)
        ],
    )


def _add_dates(connection: sqlite3.Connection, contents: PlanContents) -> None:
    plan = contents.plan.code
    connection.executemany(
        "INSERT INTO breaks VALUES (?, ?, ?, ?, ?, ?)",
        [
            (plan, place, one.measure, one.first_day.isoformat(), one.note, int(one.totals_comparable))
            for place, one in enumerate(contents.breaks)
        ],
    )
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?)",
        [
            (plan, place, one.day.isoformat(), one.label, as_text(one.measures))
            for place, one in enumerate(contents.events)
        ],
    )
    connection.executemany(
        "INSERT INTO peer_groups VALUES (?, ?, ?, ?, ?, ?)",
        [
            (plan, place, one.first_day.isoformat(), as_text(one.forces), one.own, one.note)
            for place, one in enumerate(contents.peer_groups)
        ],
    )
    connection.executemany(
        "INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [meeting_row(plan, one) for one in contents.meetings],
    )


def meeting_row(plan: str, meeting: Meeting) -> tuple[str | int, ...]:
    """A meeting as its row is kept."""
    when = (meeting.day.isoformat(), meeting.time, meeting.place)
    return (plan, meeting.number, *when, *period_columns(meeting.latest_period))


def codes(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The codes of the plans in the file, the oldest first."""
    return tuple(code for (code,) in connection.execute("SELECT code FROM plans ORDER BY position"))


def read(connection: sqlite3.Connection, code: str) -> Plan:
    """The plan `code` with its themes and priorities; KeyError where there is none."""
    row = connection.execute(
        "SELECT name, area, force, baseline_kind, baseline_start, baseline_end, first_day, last_day FROM plans"
        " WHERE code = ?",
        (code,),
    ).fetchone()
    if row is None:
        raise KeyError(code)
    themes: dict[int, tuple[str, list[Priority]]] = {
        place: (name, [])
        for place, name in connection.execute(
            "SELECT position, name FROM themes WHERE plan = ? ORDER BY position", (code,)
        )
    }
    for theme, priority, title in connection.execute(
        "SELECT theme, code, title FROM priorities WHERE plan = ? ORDER BY theme, position", (code,)
    ):
        themes[theme][1].append(Priority(priority, title))
    return Plan(
        code=code,
        name=row[0],
        area=row[1],
        force=row[2],
        baseline=period(row[3], row[4], row[5]),
        first_day=date.fromisoformat(row[6]),
        last_day=date.fromisoformat(row[7]),
        themes=tuple(Theme(name, tuple(priorities)) for name, priorities in themes.values()),
    )


def period_columns(one: Period) -> tuple[str, str, str]:
    """The three columns that keep a period."""
    return (one.kind.value, one.start.isoformat(), one.end.isoformat())


def period(kind: str, start: str, end: str) -> Period:
    """A period from the three columns that keep it."""
    return Period(date.fromisoformat(end), date.fromisoformat(start), PeriodKind(kind))


def organisations(connection: sqlite3.Connection, plan: str) -> tuple[Organisation, ...]:
    """The organisations of a plan in its order."""
    rows = connection.execute("SELECT name FROM organisations WHERE plan = ? ORDER BY position", (plan,))
    return tuple(Organisation(name) for (name,) in rows)


def expected_returns(connection: sqlite3.Connection, plan: str) -> tuple[ExpectedReturn, ...]:
    """The returns a plan expects, in its order, each with the day that its board meets as it was told last."""
    return tuple(
        ExpectedReturn(
            code=row[0],
            title=row[1],
            organisation=row[2],
            period=period(row[3], row[4], row[5]),
            due=date.fromisoformat(row[6]),
            measures=tuple(json.loads(row[7])),
            board=row[8],
            board_meets=date.fromisoformat(row[9]) if row[9] else None,
            holds_figures=bool(row[10]),
        )
        for row in connection.execute(
            "SELECT code, title, organisation, period_kind, period_start, period_end, due, measures, board,"
            " coalesce(day, board_meets), holds_figures FROM expected_returns LEFT JOIN board_meetings"
            " USING (plan, organisation, board, period_kind, period_start, period_end)"
            " WHERE plan = ? ORDER BY position",
            (plan,),
        )
    )


def breaks(connection: sqlite3.Connection, plan: str) -> tuple[Break, ...]:
    """The breaks of a plan's measures."""
    rows = connection.execute(
        "SELECT measure, first_day, note, totals_comparable FROM breaks WHERE plan = ? ORDER BY position", (plan,)
    )
    return tuple(Break(measure, date.fromisoformat(day), note, bool(same)) for measure, day, note, same in rows)


def events(connection: sqlite3.Connection, plan: str) -> tuple[Event, ...]:
    """The dated events of a plan."""
    rows = connection.execute("SELECT day, label, measures FROM events WHERE plan = ? ORDER BY position", (plan,))
    return tuple(Event(date.fromisoformat(day), label, tuple(json.loads(codes))) for day, label, codes in rows)


def peer_groups(connection: sqlite3.Connection, plan: str) -> tuple[PeerGroup, ...]:
    """The most similar groups of a plan's force."""
    rows = connection.execute(
        "SELECT first_day, forces, own, note FROM peer_groups WHERE plan = ? ORDER BY position", (plan,)
    )
    return tuple(
        PeerGroup(date.fromisoformat(day), tuple(json.loads(forces)), own, note) for day, forces, own, note in rows
    )
