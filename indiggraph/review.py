"""Which pairs of things most deserve a person's decision: doubtful ones that many facts hang on, with their sentences.

A build writes the pairs that were in doubt beside the graph (``doubts.csv``); here they are read, ordered, and shown
with what the graph says of them.  Decisions are lines of a file that the next build reads.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from indiggraph.errors import ResourceError
from indiggraph.model import Doubt, Judgement
from indiggraph.store import Graph
from indiggraph.terms import Iris

__all__ = ["DOUBTS", "Passage", "Question", "questions", "read_doubts", "write_doubts"]

DOUBTS = "doubts.csv"
"""The name of the file in a build's folder."""
_COLUMNS = ("left", "right", "left_mention", "right_mention", "verdict", "score", "doubt", "reasons")
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a thing is named: the name there, its sentence (or the name, where no fact cites the sentence)."""

    name: str
    kind: str
    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to decide on: how it was decided, the doubt (0 to 1), how many facts hang on it, where both are named."""

    left: str
    right: str
    joined: bool
    score: Decimal
    doubt: Decimal
    facts: int
    reasons: str
    passages: tuple[Passage, Passage]

    @property
    def weight(self) -> Decimal:
        """What a decision is worth: doubt times facts."""
        return self.doubt * max(1, self.facts)


def write_doubts(doubts: Iterable[Doubt], base: str) -> str:
    """Return pairs in doubt as the text of such a file; mentions are named by their IRIs."""
    iris = Iris(base)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for doubt in doubts:
        mentions = (iris.of("mention", ident).value for ident in (doubt.left_mention, doubt.right_mention))
        verdict = "same" if doubt.joined else "not same"
        writer.writerow(
            [doubt.left, doubt.right, *mentions, verdict, doubt.score, doubt.doubt, _BETWEEN.join(doubt.reasons)]
        )
    return out.getvalue()


def read_doubts(folder: Path) -> list[dict[str, str]]:
    """Read the pairs in doubt that lie in a build's folder.

    Raises:
        ResourceError: there is no such file, or it is not of this form.
    """
    path = folder / DOUBTS
    try:
        rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"), newline="")))
        for row in rows:
            Decimal(row["score"]), Decimal(row["doubt"])
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(str(path), f"cannot be read: {error}; a build writes it") from error
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ResourceError(str(path), f"has not the columns {','.join(_COLUMNS)}") from error
    return rows


def questions(graph: Graph, doubts: Sequence[Mapping[str, str]], decided: Iterable[Judgement] = ()) -> list[Question]:
    """Return the pairs that are not decided, those most worth a decision first."""
    settled = {frozenset((judgement.left, judgement.right)) for judgement in decided}
    asked = [row for row in doubts if frozenset((row["left"], row["right"])) not in settled]
    source = _Source(graph, {row[side] for row in asked for side in ("left_mention", "right_mention")})
    found = [question for row in asked for question in source.question(row)]
    return sorted(found, key=lambda question: (-question.weight, question.left, question.right))


class _Source:
    """What the graph says of the mentions in doubt."""

    def __init__(self, graph: Graph, mentions: Iterable[str]) -> None:
        values = " ".join(f"<{iri}>" for iri in sorted(mentions))
        rows = graph.query(
            f"""SELECT ?mention ?thing ?kind ?document ?id ?start ?end ?exact {{
              VALUES ?mention {{ {values} }}
              ?mention ig:refersTo ?thing ; oa:hasSource ?document ; oa:hasSelector ?selector .
              ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
              ?document dcterms:identifier ?id . ?thing a ?kind .
            }} ORDER BY ?mention ?kind"""
        )
        self._mentions: dict[str, dict[str, object]] = {}
        for row in rows:
            self._mentions.setdefault(str(row["mention"]), row)  # subclasses come first
        self._facts = _facts(graph)
        self._sentences = _sentences(graph)

    def question(self, row: Mapping[str, str]) -> Iterator[Question]:
        """Yield the pair, unless the graph does not name one of the two."""
        sides = [self._mentions.get(row[side]) for side in ("left_mention", "right_mention")]
        known = [side for side in sides if side is not None]
        if len(known) < len(sides):
            return
        things = {str(side["thing"]) for side in known}
        left, right = (self._passage(side) for side in known)
        yield Question(
            left=row["left"],
            right=row["right"],
            joined=row["verdict"] == "same",
            score=Decimal(row["score"]),
            doubt=Decimal(row["doubt"]),
            facts=sum(self._facts[thing] for thing in things),
            reasons=row["reasons"],
            passages=(left, right),
        )

    def _passage(self, mention: Mapping[str, object]) -> Passage:
        start, end = int(str(mention["start"])), int(str(mention["end"]))
        known = self._sentences[str(mention["document"])]
        at = bisect_right(known, start, key=lambda one: one[0])
        around = next((one for one in reversed(known[:at]) if one[0] <= start and end <= one[1]), None)
        first, last, text = around or (start, end, str(mention["exact"]))
        kind = str(mention["kind"]).rpartition("#")[2]
        return Passage(str(mention["exact"]), kind, str(mention["id"]), first, last, text)


def _facts(graph: Graph) -> Counter[str]:
    """How many facts each thing plays a role in."""
    rows = graph.query(
        "SELECT ?thing (COUNT(DISTINCT ?fact) AS ?facts) { ?fact a ig:Fact ; ?role ?thing } GROUP BY ?thing"
    )
    return Counter({str(row["thing"]): int(str(row["facts"])) for row in rows})


def _sentences(graph: Graph) -> dict[str, list[tuple[int, int, str]]]:
    """The sentences that facts cite, by document, in order."""
    rows = graph.query(
        """SELECT ?document ?start ?end ?text {
          ?evidence a ig:Evidence ; oa:hasSource ?document ; oa:hasSelector ?selector .
          ?selector oa:start ?start ; oa:end ?end ; oa:exact ?text .
        }"""
    )
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows:
        found[str(row["document"])].append((int(str(row["start"])), int(str(row["end"])), str(row["text"])))
    for passages in found.values():
        passages.sort()
    return found
