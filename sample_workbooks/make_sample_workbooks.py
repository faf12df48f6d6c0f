"""Writes the sample quarter: returns as partners send them, a revised one, files with one fault each, and papers.

Run it without arguments to remake the files of this folder; two runs give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from making import (
    families,
    finance,
    messy,
    missing_persons,
    offending,
    peers,
    protecting,
    received_papers,
    recorded_crime,
    satisfaction,
    templates,
    truth,
    wrong,
)

HERE = Path(__file__).resolve().parent
PARTNERS = (recorded_crime, satisfaction, templates, peers, missing_persons, offending, families, protecting, finance)


def make(folder: Path, truth_file: Path) -> None:
    """Write every sample into `folder`, and what a right reading must give into `truth_file`."""
    folder.mkdir(parents=True, exist_ok=True)
    collected = [each for partner in PARTNERS for each in partner.make(folder)]
    messy.make(folder / "messy")
    wrong.make(folder / "wrong")
    received_papers.make(folder / "received")
    truth.write(truth_file, collected)


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the workbooks")
    default = HERE.parent / "tests" / "sample_workbooks" / "truth.json"
    parser.add_argument("--truth", type=Path, default=default, help="file for what a right reading must give")
    chosen = parser.parse_args()
    make(chosen.out, chosen.truth)


if __name__ == "__main__":
    main()
