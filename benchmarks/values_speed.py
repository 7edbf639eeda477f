"""Measures how fast sums, quantities and times are read, and that the time is linear in the text.

    python -m benchmarks.values_speed [CASES.jsonl...] [--bytes N]

Printed: sentences a second on one core for sums alone and for everything (process time, the best of several runs,
start-up left out; the sentences are ``tests/values/sentences.jsonl`` unless others are given), then, for texts made of
one piece repeated, which drive the rules hardest, the seconds a megabyte and how the time grows with four times the
text (4: linear).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path

from indiggraph.values import find_money, find_values

SENTENCES = Path(__file__).parents[1] / "tests" / "values" / "sentences.jsonl"
REFERENCE = dt.date(2020, 8, 18)
PIECES = (
    *(
        "word ",
        "1 ",
        "1-",
        "1/",
        "1,",
        "1, ",
        "one ",
        "$1",
        "$1$",
        "£5m ",
        "$1 (",
        "2019-",
        "20 and ",
        "2 crore 50 lakh ",
    ),
    *(
        "a ",
        "the ",
        "March ",
        "May and ",
        "first ",
        "half a ",
        "one in ",
        "one car in ",
        "1 over ",
        "1 ton of ",
        "not ",
    ),
    *("number of ", "Oman 1 rial ", "the year to ", "the end of ", "two days before ", "the same period ", "(", "\n"),
    "the Persian year (ended on March 19) ",
)
_RUNS = 7


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, default=[SENTENCES])
    parser.add_argument("--bytes", type=int, default=40_000, help="the length of the longer repeated texts")
    arguments = parser.parse_args()
    texts = [json.loads(line)["text"] for path in arguments.cases for line in path.read_text("utf-8").splitlines()]
    print(f"sentences a second: sums {rate(find_money, texts):.0f}, everything {rate(everything, texts):.0f}\n")
    print("|piece|seconds a MB|growth|\n|-|-|-|")
    for piece in PIECES:
        short, long = (
            seconds(everything, [piece * (size // len(piece))]) for size in (arguments.bytes // 4, arguments.bytes)
        )
        print(f"|`{piece!r}`|{long / arguments.bytes * 1e6:.1f}|{long / short:.1f}|", flush=True)


def everything(text: str) -> object:
    """Read all values of the text."""
    return find_values(text, REFERENCE, numbers=True, vague=True)


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Return the texts read a second."""
    return len(texts) / seconds(read, texts)


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    """Return the least process time of several runs over the texts, after a first one that loads the word lists."""
    read(texts[0][:100])
    best = float("inf")
    for _ in range(_RUNS):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
