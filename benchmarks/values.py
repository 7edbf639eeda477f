"""Scores the normaliser of sums, quantities and times on case files, beside other normalisers.

    python -m benchmarks.values FOLDER_OR_FILE... [--peers PYTHON] [--show N]

A case file is JSON Lines: ``text``, optionally ``ref`` (ISO date-time), and ``expected``, a list of values with their
places (``start``, ``end``) and what is stated: ``value`` or ``min`` and ``max``, ``currency``, ``first_day`` and
``last_day``, or ``duration``; ``kind`` stands at the value or at the case.  How they are scored: ``values_scoring``.

Printed, file by file, as a Markdown table: F1 and, in brackets, texts a second on one core without start-up.  With
``--peers``, the interpreter of another environment in which quantulum3, price-parser, dateparser and
recognizers-text-suite are installed runs them on the same texts (``values_peers``), each judged on the kinds of value
that it claims to read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.values_scoring import kinds_of, prepared, score
from indiggraph.values import find_values, value_to_json

KINDS = frozenset(["money", "quantity", "percent", "number", "date", "duration"])
PEERS = {
    "quantulum3": frozenset(["money", "quantity", "percent", "number", "duration"]),
    "price-parser": frozenset(["money"]),
    "dateparser": frozenset(["date"]),
    "recognizers-text": KINDS,
}
Row = dict[str, Any]
Run = tuple[list[list[Row]], float]
"""What was found in each text, and the seconds it took."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument(
        "--peers", metavar="PYTHON", help="interpreter of an environment that has the other normalisers"
    )
    parser.add_argument("--show", type=int, default=0, help="print that many texts of each file with an error")
    arguments = parser.parse_args()
    names = ["indiggraph", *(PEERS if arguments.peers else ())]
    print("|".join(["", "cases", "texts", *names, ""]))
    print("|".join(["", *["-"] * (len(names) + 2), ""]))
    for path in [file for given in arguments.cases for file in files(given)]:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(table_row(path, prepared(rows), arguments.peers, arguments.show), flush=True)


def files(path: Path) -> list[Path]:
    """Return the case files of a folder, or the file itself."""
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def table_row(path: Path, rows: list[Row], python: str | None, show: int) -> str:
    """Score one file and return its row of the table."""
    faults: list[str] = []
    cells = [path.name.removesuffix(".jsonl"), str(len(rows)), cell(rows, own(rows), KINDS, faults)]
    for fault in faults[:show]:
        print(fault)
    for name, claimed in PEERS.items() if python else ():
        judged = kinds_of(rows) & claimed
        cells.append(cell(rows, peer(name, python or "", rows), claimed, []) if judged else "–")
    return "|".join(["", *cells, ""])


def cell(rows: list[Row], run: Run, claimed: frozenset[str], faults: list[str]) -> str:
    """Return F1 and texts a second."""
    found, seconds = run
    return f"{score(rows, found, claimed, faults.append).f1:.3f} ({len(rows) / seconds:.0f}/s)"


def own(rows: list[Row]) -> Run:
    """Run this project's normaliser."""
    find_values("In 2020, 2 tons cost $3.")  # loads the word lists
    start = time.perf_counter()
    found = [find_values(row["text"], reference(row), numbers=True) for row in rows]
    seconds = time.perf_counter() - start
    return [[value_to_json(value) for value in values] for values in found], seconds


def reference(row: Row) -> dt.date | None:
    """Return the day to which relative times refer."""
    return dt.date.fromisoformat(row["ref"][:10]) if row.get("ref") else None


def peer(name: str, python: str, rows: list[Row]) -> Run:
    """Run another normaliser in its own environment."""
    script = Path(__file__).with_name("values_peers.py")
    texts = "\n".join(json.dumps({"text": row["text"], "ref": row.get("ref")}) for row in rows)
    done = subprocess.run([python, str(script), name], input=texts, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["found"], answer["seconds"]


if __name__ == "__main__":
    main()
