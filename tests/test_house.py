"""The house keeps its own rules: what is committed, what it says of itself, and what it depends on."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from pcp_desktop.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pcp_desktop"


def committed_text_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    kinds = {".py", ".md", ".toml", ".json", ".lock", ".txt", ".sh", ".ui", ".typ", "", ".yml"}
    return [ROOT / name for name in listed if Path(name).suffix in kinds and (ROOT / name).is_file()]


def test_every_dependency_has_a_reason_and_a_locked_hash() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in named:
        name = re.split(r"[<>=!~]", requirement)[0]
        pinned = re.search(rf"(?im)^{re.escape(name)}==\S+.*?(--hash=sha256:[0-9a-f]{{64}})", lock, re.DOTALL)
        assert pinned, f"{name} is not pinned with a hash in requirements.lock"
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    for group in re.findall(r"(?m)((?:^  #.*\n)*)((?:^  \".*\n)+)", block):
        assert group[0], f"no reason stands above {group[1].strip()}"


def test_no_committed_file_names_a_registry_or_a_path_of_one_machine() -> None:
    # Written in two halves, so that this file does not name what it looks for.
    halves = [
        ("py", r"pi\.org"),
        ("python", "hosted"),
        ("registry", r"\.npm"),
        ("deb", r"\.debian"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", r"me/\w+/"),
    ]
    unwanted = re.compile("|".join(first + second for first, second in halves))
    for file in committed_text_files():
        found = unwanted.search(file.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{file.relative_to(ROOT)} holds {found.group() if found else ''}"


def test_every_module_says_what_it_is_for() -> None:
    for file in PACKAGE.rglob("*.py"):
        if "forms" in file.parts:
            continue
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), f"{file} has no opening sentence"


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "base", "misc", "common"])
def test_no_room_for_odds_and_ends(name: str) -> None:
    assert not list(PACKAGE.rglob(f"*{name}.py"))


def test_every_command_and_make_target_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`pcp-desktop {command} " in readme, f"README.md does not speak of {command}"
    guide = readme + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")):
        assert target == "clean" or f"make {target}" in guide, f"nothing speaks of make {target}"


def test_the_readme_begins_with_the_two_commands_and_a_picture() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:15])
    assert "make run" in first_screen
    assert "make test" in first_screen
    picture = re.search(r"!\[[^]]+\]\(([^)]+)\)", first_screen)
    assert picture
    assert (ROOT / picture[1]).is_file()
