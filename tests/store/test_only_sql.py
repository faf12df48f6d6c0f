"""SQL is spoken in the store and nowhere else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pcp_desktop

_PACKAGE = Path(pcp_desktop.__file__).parent
_SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM\s|SELECT\s+\w+\(|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|(CREATE|DROP|ALTER)\s+(VIRTUAL\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b|PRAGMA\s+\w|VACUUM\b|BEGIN\b|COMMIT\b|ATTACH\s)",
    re.DOTALL,
)
_DATABASES = {"sqlite3", "sqlite_utils"}


def _sql_in(source: str) -> list[str]:
    """What in a module is SQL or imports a database."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value):
            found.append(f"line {node.lineno}: {node.value[:40]}")
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names = module or [name.name for name in node.names]
            found += [f"line {node.lineno}: import {name}" for name in names if name.split(".")[0] in _DATABASES]
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3",
        "from sqlite_utils import Database",
        "def f():\n    import sqlite3.dbapi2",
        "x = 'SELECT a FROM b'",
        "x = f'DELETE FROM {table}'",
        "x = '''\n  CREATE TABLE t (a)'''",
        "x = 'PRAGMA user_version'",
    ],
)
def test_the_search_finds_sql(source: str) -> None:
    assert len(_sql_in(source)) == 1


def test_only_the_store_speaks_sql() -> None:
    modules = [path for path in _PACKAGE.rglob("*.py") if _PACKAGE / "store" not in path.parents]
    assert len(modules) > 10
    found = {str(path.relative_to(_PACKAGE)): _sql_in(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_store_itself_would_be_found() -> None:
    assert all(
        _sql_in((_PACKAGE / "store" / name).read_text(encoding="utf-8")) for name in ("plans.py", "history.py")
    )
