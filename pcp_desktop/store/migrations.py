"""The frozen, ordered steps that make a panel file's tables; imports nothing of the program's own.

A step that has been released is never edited: a change is a further step, and tables are changed by new table and
copy. Each step runs in one transaction and sets `user_version` in it. References are not enforced meanwhile: a step
that copies a table ends with `PRAGMA foreign_key_check` and raises where that finds a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

# "PCPD", at bytes 68 to 71 of every panel file.
APPLICATION_ID = 0x50435044

# The steps in order; the step at place n (from 1) makes version n.
NAMES: tuple[str, ...] = (
    "0001 first tables",
    "0002 commentary, meetings, answers and holds",
    "0003 counts published of sensitive measures",
)

CURRENT_VERSION = len(NAMES)

STEPS = Migrations("panel file")

_VERSION_1 = (
    """CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE plans (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  area TEXT NOT NULL,
  force TEXT NOT NULL,
  baseline_kind TEXT NOT NULL,
  baseline_start TEXT NOT NULL,
  baseline_end TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE themes (
  plan TEXT NOT NULL REFERENCES plans (code),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE priorities (
  plan TEXT NOT NULL,
  code TEXT NOT NULL,
  theme INTEGER NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (plan, code),
  FOREIGN KEY (plan, theme) REFERENCES themes (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE organisations (
  plan TEXT NOT NULL REFERENCES plans (code),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (plan, name)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE boards (
  plan TEXT NOT NULL REFERENCES plans (code),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (plan, name)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE measures (
  plan TEXT NOT NULL,
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  priority TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  polarity TEXT NOT NULL,
  aggregation TEXT NOT NULL,
  frequency TEXT NOT NULL,
  status_rule TEXT NOT NULL,
  lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
  organisations TEXT NOT NULL,
  board TEXT NOT NULL,
  synonyms TEXT NOT NULL,
  areas TEXT NOT NULL,
  note TEXT NOT NULL,
  target REAL,
  tolerance REAL,
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  small_number_threshold INTEGER NOT NULL,
  decimals INTEGER NOT NULL,
  embargoed_until TEXT,
  short_label TEXT NOT NULL,
  PRIMARY KEY (plan, code),
  FOREIGN KEY (plan, priority) REFERENCES priorities (plan, code),
  FOREIGN KEY (plan, board) REFERENCES boards (plan, name)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE expected_returns (
  plan TEXT NOT NULL,
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  organisation TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  due TEXT NOT NULL,
  measures TEXT NOT NULL,
  board TEXT NOT NULL,
  board_meets TEXT,
  holds_figures INTEGER NOT NULL CHECK (holds_figures IN (0, 1)),
  PRIMARY KEY (plan, code),
  FOREIGN KEY (plan, organisation) REFERENCES organisations (plan, name),
  FOREIGN KEY (plan, board) REFERENCES boards (plan, name)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE breaks (
  plan TEXT NOT NULL,
  position INTEGER NOT NULL,
  measure TEXT NOT NULL,
  first_day TEXT NOT NULL,
  note TEXT NOT NULL,
  totals_comparable INTEGER NOT NULL CHECK (totals_comparable IN (0, 1)),
  PRIMARY KEY (plan, position),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE events (
  plan TEXT NOT NULL REFERENCES plans (code),
  position INTEGER NOT NULL,
  day TEXT NOT NULL,
  label TEXT NOT NULL,
  measures TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE peer_groups (
  plan TEXT NOT NULL REFERENCES plans (code),
  position INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  forces TEXT NOT NULL,
  own TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE meetings (
  plan TEXT NOT NULL REFERENCES plans (code),
  position INTEGER NOT NULL,
  day TEXT NOT NULL,
  time TEXT NOT NULL,
  place TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE file_contents (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT""",
    """CREATE TABLE received_files (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES file_contents (sha256),
  received TEXT NOT NULL,
  illustrative TEXT NOT NULL
) STRICT""",
    """CREATE TABLE accepted_returns (
  number INTEGER PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plans (code),
  expected_code TEXT,
  organisation TEXT,
  period_kind TEXT,
  period_start TEXT,
  period_end TEXT,
  file INTEGER NOT NULL REFERENCES received_files (number),
  state TEXT NOT NULL CHECK (state IN ('accepted', 'received')),
  accepted TEXT NOT NULL,
  accepted_by TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  FOREIGN KEY (plan, expected_code) REFERENCES expected_returns (plan, code)
) STRICT""",
    """CREATE TABLE observations (
  plan TEXT NOT NULL,
  measure TEXT NOT NULL,
  area TEXT NOT NULL,
  period_end TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  part TEXT NOT NULL,
  value REAL,
  text TEXT,
  marker TEXT NOT NULL,
  source_file TEXT NOT NULL,
  source_sheet TEXT NOT NULL,
  source_cell TEXT NOT NULL,
  return_number INTEGER NOT NULL REFERENCES accepted_returns (number),
  PRIMARY KEY (plan, measure, area, period_end, period_start, period_kind, part),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX observations_by_return ON observations (return_number)",
    """CREATE TABLE clearances (
  number INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  measure TEXT NOT NULL,
  state TEXT NOT NULL,
  through TEXT NOT NULL,
  until TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT""",
    """CREATE TABLE change_log (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  verb TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  return_number INTEGER REFERENCES accepted_returns (number),
  about INTEGER REFERENCES change_log (number),
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT""",
    """CREATE TRIGGER change_log_is_never_updated BEFORE UPDATE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    """CREATE TRIGGER change_log_is_never_deleted BEFORE DELETE ON change_log
BEGIN SELECT RAISE(ABORT, 'the change log is only added to'); END""",
    "INSERT INTO settings (name, value) VALUES ('needs_program_version', '0.1.0')",
    "PRAGMA application_id = 1346588740",
    "PRAGMA user_version = 1",
)


@STEPS(name=NAMES[0])
def first_tables(database: Database) -> None:
    """Everything the first release keeps."""
    for statement in _VERSION_1:
        database.conn.execute(statement)


_VERSION_2 = (
    """CREATE TABLE commentaries (
  plan TEXT NOT NULL,
  priority TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  text TEXT NOT NULL,
  seen TEXT NOT NULL,
  finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  written TEXT NOT NULL,
  written_by TEXT NOT NULL,
  PRIMARY KEY (plan, priority, period_kind, period_start, period_end),
  FOREIGN KEY (plan, priority) REFERENCES priorities (plan, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE commentary_drafts (
  plan TEXT NOT NULL,
  priority TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  text TEXT NOT NULL,
  kept TEXT NOT NULL,
  PRIMARY KEY (plan, priority, period_kind, period_start, period_end),
  FOREIGN KEY (plan, priority) REFERENCES priorities (plan, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE meeting_particulars (
  plan TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  members TEXT NOT NULL,
  notices TEXT NOT NULL,
  contact TEXT NOT NULL,
  PRIMARY KEY (plan, meeting),
  FOREIGN KEY (plan, meeting) REFERENCES meetings (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE agenda_items (
  plan TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  report_of TEXT NOT NULL,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  generated TEXT,
  paper INTEGER REFERENCES received_files (number),
  exempt_paragraph INTEGER,
  exempt_description TEXT NOT NULL,
  public_interest TEXT NOT NULL,
  PRIMARY KEY (plan, meeting, item),
  FOREIGN KEY (plan, meeting) REFERENCES meetings (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE published_packs (
  plan TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  audience TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES file_contents (sha256),
  pages INTEGER NOT NULL,
  published TEXT NOT NULL,
  published_by TEXT NOT NULL,
  log_head TEXT NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (plan, meeting, audience),
  FOREIGN KEY (plan, meeting) REFERENCES meetings (plan, position)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE remembered_answers (
  plan TEXT NOT NULL REFERENCES plans (code),
  organisation TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  label TEXT NOT NULL,
  answer TEXT NOT NULL,
  file TEXT NOT NULL,
  given TEXT NOT NULL,
  given_by TEXT NOT NULL,
  PRIMARY KEY (plan, organisation, kind, about)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE clearances_with_terms (
  number INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  measure TEXT NOT NULL,
  state TEXT NOT NULL,
  through TEXT NOT NULL,
  until TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  paragraph INTEGER,
  public_interest TEXT NOT NULL,
  resolution TEXT NOT NULL,
  ends_on TEXT,
  organisation TEXT NOT NULL,
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT""",
    """INSERT INTO clearances_with_terms
SELECT number, plan, measure, state, through, until, recorded_on, recorded_by, '', '', NULL, '', '', NULL, ''
FROM clearances""",
    "DROP TABLE clearances",
    "ALTER TABLE clearances_with_terms RENAME TO clearances",
    """CREATE TABLE board_meetings (
  plan TEXT NOT NULL,
  organisation TEXT NOT NULL,
  board TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  day TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (plan, organisation, board, period_kind, period_start, period_end),
  FOREIGN KEY (plan, organisation) REFERENCES organisations (plan, name),
  FOREIGN KEY (plan, board) REFERENCES boards (plan, name)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE recipients (
  plan TEXT NOT NULL,
  number INTEGER NOT NULL,
  measure TEXT NOT NULL,
  role TEXT NOT NULL,
  told_on TEXT NOT NULL,
  expires TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (plan, number),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE statuses_set_by_hand (
  plan TEXT NOT NULL,
  measure TEXT NOT NULL,
  area TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (plan, measure, area, period_kind, period_start, period_end),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE chosen_limits (
  plan TEXT NOT NULL,
  measure TEXT NOT NULL,
  area TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('baseline', 'new level')),
  first_day TEXT NOT NULL,
  last_day TEXT CHECK ((last_day IS NULL) = (origin = 'new level')),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  chosen_at TEXT NOT NULL,
  chosen_by TEXT NOT NULL,
  PRIMARY KEY (plan, measure, area, origin, first_day),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    "UPDATE settings SET value = '0.2.0' WHERE name = 'needs_program_version'",
    "PRAGMA user_version = 2",
)


@STEPS(name=NAMES[1])
def commentary_meetings_answers_and_holds(database: Database) -> None:
    """What papers are made of beside figures, answers about workbooks, why figures are held; nothing made up."""
    for statement in _VERSION_2:
        database.conn.execute(statement)
    unmatched = database.conn.execute("PRAGMA foreign_key_check").fetchone()
    if unmatched is not None:
        raise ValueError(unmatched)


_VERSION_3 = (
    "ALTER TABLE measures ADD COLUMN part_of TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE published_counts (
  plan TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  measure TEXT NOT NULL,
  area TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  value REAL NOT NULL,
  was_shown INTEGER NOT NULL CHECK (was_shown IN (0, 1)),
  PRIMARY KEY (plan, meeting, measure, area, period_kind, period_start, period_end),
  FOREIGN KEY (plan, meeting) REFERENCES meetings (plan, position),
  FOREIGN KEY (plan, measure) REFERENCES measures (plan, code)
) STRICT, WITHOUT ROWID""",
    "ALTER TABLE recipients ADD COLUMN purpose TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE clearances ADD COLUMN area TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE measures ADD COLUMN design_effect REAL NOT NULL DEFAULT 1",
    "ALTER TABLE measures ADD COLUMN audits TEXT NOT NULL DEFAULT '[]'",
    "PRAGMA user_version = 3",
)


@STEPS(name=NAMES[2])
def published_counts(database: Database) -> None:
    """What was shown and hidden of sensitive measures, what recipients were told for, and holds by area."""
    for statement in _VERSION_3:
        database.conn.execute(statement)


def up_to(database: Database, version: int) -> None:
    """Apply the steps that are still to do, the one that makes `version` being the last."""
    STEPS.apply(database, stop_before=NAMES[version:])


def stamp(database: Database, moment: str, after: int = 0) -> None:
    """Write `moment` as the time of the steps after version `after`, so that no clock but the given one shows."""
    database.conn.execute("UPDATE _sqlite_migrations SET applied_at = ? WHERE id > ?", (moment, after))
