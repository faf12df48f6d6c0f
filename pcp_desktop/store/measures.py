"""Measures with all their attributes, as rows."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

from pcp_desktop.domain.measures import Aggregation, Frequency, Kind, Measure, Polarity, RecordingAudit, StatusRule


def add(connection: sqlite3.Connection, plan: str, measures: tuple[Measure, ...]) -> None:
    """Write the measures of a plan in their order."""
    connection.executemany(
        "INSERT INTO measures (plan, position, code, priority, label, kind, unit, polarity, aggregation, frequency,"
        " status_rule, lead, organisations, board, synonyms, areas, note, target, tolerance, sensitive,"
        " small_number_threshold, decimals, embargoed_until, short_label, part_of, design_effect, audits)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(plan, place, *_row(measure)) for place, measure in enumerate(measures)],
    )


def read(connection: sqlite3.Connection, plan: str) -> tuple[Measure, ...]:
    """The measures of a plan in its order."""
    rows = connection.execute(
        "SELECT code, priority, label, kind, unit, polarity, aggregation, frequency, status_rule, lead,"
        " organisations, board, synonyms, areas, note, target, tolerance, sensitive, small_number_threshold,"
        " decimals, embargoed_until, short_label, part_of, design_effect, audits"
        " FROM measures WHERE plan = ? ORDER BY position",
        (plan,),
    )
    return tuple(
        Measure(
            code=row[0],
            priority=row[1],
            label=row[2],
            kind=Kind(row[3]),
            unit=row[4],
            polarity=Polarity(row[5]),
            aggregation=Aggregation(row[6]),
            frequency=Frequency(row[7]),
            status_rule=StatusRule(row[8]),
            lead=bool(row[9]),
            organisations=tuple(json.loads(row[10])),
            board=row[11],
            synonyms=tuple(json.loads(row[12])),
            areas=tuple(json.loads(row[13])),
            note=row[14],
            target=row[15],
            tolerance=row[16],
            sensitive=bool(row[17]),
            small_number_threshold=row[18],
            decimals=row[19],
            embargoed_until=row[20],
            short_label=row[21],
            part_of=row[22],
            design_effect=row[23],
            audits=tuple(
                RecordingAudit(date.fromisoformat(day), compliance, by, margin)
                for day, compliance, by, margin in json.loads(row[24])
            ),
        )
        for row in rows
    )


def _row(measure: Measure) -> tuple[object, ...]:
    kinds = (measure.kind, measure.unit, measure.polarity, measure.aggregation, measure.frequency)
    lists = [
        json.dumps(list(words), ensure_ascii=False)
        for words in (measure.organisations, measure.synonyms, measure.areas)
    ]
    return (
        *(measure.code, measure.priority, measure.label, *kinds, measure.status_rule, int(measure.lead)),
        *(lists[0], measure.board, lists[1], lists[2], measure.note, measure.target, measure.tolerance),
        *(int(measure.sensitive), measure.small_number_threshold, measure.decimals, measure.embargoed_until),
        *(measure.short_label, measure.part_of, measure.design_effect),
        json.dumps([[one.day.isoformat(), one.compliance, one.by, one.margin] for one in measure.audits]),
    )
