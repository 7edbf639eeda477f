"""Feeds articles one by one, in random orders, into a graph, and compares the files with those of one build of all.

    python -m benchmarks.orders ARTICLES.jsonl [--orders N]

Exit code 1 where any file differs (which file a text was read from is told by what is kept alone).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from indiggraph.kept import KEPT
from indiggraph.pipeline import build


def main() -> int:
    """Print one line for each order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--orders", type=int, default=10)
    arguments = parser.parse_args()
    lines = [line for line in arguments.articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([arguments.articles]).write(folder / "whole")
        same = [_same(folder, lines, seed) for seed in range(arguments.orders)]
    return 0 if all(same) else 1


def _same(folder: Path, lines: list[str], seed: int) -> bool:
    out = folder / f"order{seed}"
    for line in random.Random(seed).sample(lines, len(lines)):
        (folder / "one.jsonl").write_text(f"{line}\n", encoding="utf-8")
        build([folder / "one.jsonl"], add_to=out).write(out)
    same = _files(out) == _files(folder / "whole")
    print(f"order {seed}: {len(lines)} articles, {'the same bytes' if same else 'other bytes'}", flush=True)
    return same


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != KEPT}


if __name__ == "__main__":
    sys.exit(main())
