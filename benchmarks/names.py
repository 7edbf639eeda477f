"""Scores who is who on pairs of names, beside other ways of comparing names.

    python -m benchmarks.names [FILE...] [--peers PYTHON] [--show]

A file is CSV as described in ``tests/gold/names/README.md``; without one both halves that lie there are read.  Each
name becomes a text of its own that mentions the name and its country, and a pair counts as found where the two
mentions end up as one thing.

RapidFuzz's WRatio compares the bare names; its cutoff is the one with most right verdicts on the development half:
none reaches a precision of 0.98, since one name may stand for two things.  With ``--peers``, the interpreter of an
environment in which nomenklatura is installed runs its logic-v2 on people and bodies (``names_peers``), with the
countries given, at the cutoff taken there.

Printed as a Markdown table: precision / recall.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.fuzz import WRatio
from rapidfuzz.utils import default_process

from indiggraph.lexicon import Lexicon, load_lexicon, singular
from indiggraph.model import Document, Extraction, Form, Mention, Span, ThingType
from indiggraph.resolve import resolve

__all__ = ["NAMES", "Figures", "Pair", "count", "read_pairs", "same"]

NAMES = Path(__file__).parent.parent / "tests" / "gold" / "names"
_KINDS = {
    "person": ThingType.PERSON,
    "body": ThingType.ORGANIZATION,
    "company": ThingType.COMPANY,
    "group": ThingType.GROUP,
    "program": ThingType.PROGRAM,
}
_NAMED = frozenset({"person", "body", "company"})
_DEFINED = re.compile(r"(.+) \(([^()]+)\)")
_COUNTRY = "Here"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, each from a text about a country, and whether they are one thing."""

    kind: str
    left: str
    right: str
    left_country: str
    right_country: str
    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How many pairs were rightly and wrongly joined, and how many were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of joined pairs that are one thing."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs of one thing that were joined."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [Pair(**{**row, "same": row["same"] == "1"}) for row in csv.DictReader(stream)]  # type: ignore[arg-type]


def count(pairs: Sequence[Pair], verdicts: Iterable[bool]) -> Figures:
    """Count verdicts against the pairs."""
    told = list(zip(pairs, verdicts, strict=True))
    return Figures(
        right=sum(pair.same and verdict for pair, verdict in told),
        wrong=sum(verdict and not pair.same for pair, verdict in told),
        missed=sum(pair.same and not verdict for pair, verdict in told),
    )


# ---- this project --------------------------------------------------------------------------------------------------


def same(pair: Pair, lexicon: Lexicon) -> bool:
    """Whether the two names become one thing."""
    left, right = (
        _extraction(document, pair.kind, name, country, lexicon)
        for document, name, country in (
            ("left", pair.left, pair.left_country),
            ("right", pair.right, pair.right_country),
        )
    )
    linker = resolve((left, right), lexicon=lexicon)
    one, other = (linker.thing_of(f"{document}:name") for document in ("left", "right"))
    return one is not None and one is other


def _extraction(document: str, kind: str, name: str, country: str, lexicon: Lexicon) -> Extraction:
    """A text that mentions a country, and a name, perhaps with its acronym."""
    place = _mention(document, "place", 0, _COUNTRY, ThingType.PLACE, country or None, country or None)
    found = _DEFINED.fullmatch(name)
    long, short = found.groups() if found is not None else (name, None)
    mentions = [place, _named(document, "name", len(_COUNTRY) + 1, long, kind, lexicon)]
    if short is not None:
        acronym = _named(document, "acronym", mentions[-1].span.end + 2, short, kind, lexicon)
        mentions.append(acronym)
    return Extraction(Document(document, f"{_COUNTRY} {name}"), tuple(mentions), (), ())


def _named(document: str, ident: str, start: int, name: str, kind: str, lexicon: Lexicon) -> Mention:
    entries = [entry for entry in lexicon.entries(name) if entry.type.top is _KINDS[kind].top]
    words = re.findall(r"[\w.]+", name.replace("'s", ""))
    demonyms = [code for word in words if word[0].isupper() and (code := lexicon.country_of_demonym(word))]
    return _mention(
        document,
        ident,
        start,
        name,
        _KINDS[kind],
        entries[0].id if len(entries) == 1 else None,
        next(iter(demonyms), None) if kind == "group" else None,
    )


def _mention(
    document: str, ident: str, start: int, name: str, kind: ThingType, key: str | None, country: str | None
) -> Mention:
    described = kind is ThingType.GROUP
    head = singular(re.split(r" (?:of|for|to) ", name)[0].split()[-1].lower())
    return Mention(
        id=f"{document}:{ident}",
        document=document,
        span=Span(start, start + len(name)),
        sentence=Span(0, start + len(name)),
        type=kind,
        form=Form.NOMINAL if described else Form.NAME,
        text=name,
        name=name,
        head=head,
        rule="benchmark",
        key=key,
        country=country,
    )


# ---- others --------------------------------------------------------------------------------------------------------


def _fuzzy(left: str, right: str) -> float:
    return WRatio(left, right, processor=default_process)


def _cutoff(pairs: Sequence[Pair]) -> float:
    """The cutoff with most right verdicts."""
    scores = sorted({_fuzzy(pair.left, pair.right) for pair in pairs})
    return max(scores, key=lambda cutoff: sum((_fuzzy(one.left, one.right) >= cutoff) is one.same for one in pairs))


def _peer(python: str, pairs: Sequence[Pair]) -> list[bool]:
    script = Path(__file__).with_name("names_peers.py")
    rows = [[pair.kind, pair.left, pair.right, pair.left_country, pair.right_country] for pair in pairs]
    done = subprocess.run([python, str(script)], input=json.dumps(rows), capture_output=True, text=True, check=True)
    verdicts: list[bool] = json.loads(done.stdout.splitlines()[-1])
    return verdicts


# ---- table ---------------------------------------------------------------------------------------------------------


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[NAMES / "dev.csv", NAMES / "blind.csv"])
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of an environment that has nomenklatura")
    parser.add_argument("--show", action="store_true", help="print each pair that is judged wrongly")
    arguments = parser.parse_args()
    lexicon = load_lexicon()
    cutoff = _cutoff([pair for pair in read_pairs(NAMES / "dev.csv") if pair.kind in _NAMED])
    ways: dict[str, Callable[[Sequence[Pair]], list[bool]]] = {
        "indiggraph": lambda pairs: [same(pair, lexicon) for pair in pairs],
        f"WRatio ≥ {cutoff:.0f}": lambda pairs: [_fuzzy(pair.left, pair.right) >= cutoff for pair in pairs],
    }
    if arguments.peers:
        ways["logic-v2"] = lambda pairs: _peer(arguments.peers, pairs)
    print("|".join(["", "pairs", "number", *ways, ""]))
    print("|".join(["", *["-"] * (len(ways) + 2), ""]))
    for path in arguments.files:
        _print_rows(path.stem, read_pairs(path), ways, arguments.show)


def _print_rows(
    half: str, pairs: list[Pair], ways: dict[str, Callable[[Sequence[Pair]], list[bool]]], show: bool
) -> None:
    for title, kinds in (("people", {"person"}), ("bodies", {"body", "company"}), ("people and bodies", _NAMED)):
        chosen = [pair for pair in pairs if pair.kind in kinds]
        cells = [_cell(chosen, way) for way in ways.values()]
        print("|".join(["", f"{half}: {title}", str(len(chosen)), *cells, ""]), flush=True)
    others = [pair for pair in pairs if pair.kind not in _NAMED]
    own, *rest = ways.values()
    print("|".join(["", f"{half}: groups, programs", str(len(others)), _cell(others, own), *["–"] * len(rest), ""]))
    if show:
        for pair, verdict in zip(pairs, own(pairs), strict=True):
            if verdict is not pair.same:
                print(f"{'joined' if verdict else 'missed'}: {pair.left} | {pair.right} | {pair.why}")


def _cell(pairs: Sequence[Pair], way: Callable[[Sequence[Pair]], list[bool]]) -> str:
    figures = count(pairs, way(pairs))
    return f"{figures.precision:.3f} / {figures.recall:.3f}"


if __name__ == "__main__":
    main()
