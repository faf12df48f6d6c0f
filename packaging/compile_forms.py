"""Compiles ui/*.ui into pcp_desktop/desktop/forms, without the lines that change with the compiler's version."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_FORMS = _ROOT / "pcp_desktop" / "desktop" / "forms"


def compiled(source: Path) -> str:
    """The Python text of one form, its head replaced by a line that names the source."""
    compiler = Path(sys.executable).with_name("pyside6-uic")
    made = subprocess.run([compiler, source], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    body = _without_unused(made[made.index("from PySide6") :])
    return f'"""Compiled from ui/{source.name} by `make forms`; never edited."""\n\n{body.rstrip()}\n'


def _without_unused(text: str) -> str:
    """The compiler imports every class it knows; each costs time at start, so only those in use stay."""
    start = text.index("class Ui_")
    used = set(re.findall(r"\bQ\w*\b", text[start:]))
    lines = []
    for module, names in re.findall(r"from (PySide6\.\w+) import \(([^)]*)\)", text[:start]):
        kept = [name for name in re.findall(r"\w+", names) if name in used]
        if kept:
            lines.append(f"from {module} import {', '.join(kept)}")
    lines += re.findall(r"^from pcp_desktop.*$", text[:start], re.MULTILINE)
    return "\n".join(lines) + "\n\n\n" + text[start:]


def outdated() -> dict[Path, str]:
    """Every form whose compiled file differs from what its source gives, with the text it should have."""
    wanted = {_FORMS / f"ui_{source.stem}.py": compiled(source) for source in sorted((_ROOT / "ui").glob("*.ui"))}
    return {
        path: text for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def main(arguments: list[str] | None = None) -> int:
    """Compile what is out of date; with `--check` only name it. 1 when `--check` found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a form is out of date")
    check = parser.parse_args(arguments).check
    found = outdated()
    for path, text in found.items():
        print(f"{'Out of date' if check else 'Compiled'}: {path.relative_to(_ROOT)}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
