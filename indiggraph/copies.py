"""Sentences that several texts carry: wire copies count as one source, so that support is counted honestly.

Two sentences of different texts are one where most of their pairs of words are the same, no number and no name is
another, and no word turns the statement round.  Pairs are found by the rarest of what they share (prefix filtering),
which misses none and stays near-linear: nothing is hashed at random.  The text of the earliest day is taken for the
origin, of equals the one whose id comes first.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pyoxigraph as ox

from indiggraph.model import Extraction, Span
from indiggraph.resources import data_path, load_yaml
from indiggraph.terms import BASE, Iris, triple

__all__ = ["Copies", "copy_triples", "find_copies"]

_ALIKE = 0.6
"""Share of the pairs of neighbouring words (Jaccard) from which on two sentences are one."""
_FEWEST = 8
"""Words of the shortest sentence that tells where it comes from."""
_MOST = 0.5
"""Share of a text's sentences from which on the whole text is a copy."""
_WORD = re.compile(r"\d[\d.,]*\d|\w+(?:['’-]\w+)*|[%$€£¥]")


@dataclass(frozen=True, slots=True)
class Copies:
    """``sentences`` leads from each copied sentence with evidence, ``texts`` from each copied text, to its origin."""

    sentences: Mapping[tuple[str, Span], tuple[str, Span]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence taken apart; ``evidence`` whether a fact or post stands on it."""

    day: dt.date
    document: str
    span: Span
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    names: frozenset[str]
    turning: frozenset[str]
    evidence: bool

    @property
    def order(self) -> tuple[dt.date, str, Span]:
        """What tells the origin from its copies."""
        return self.day, self.document, self.span


def find_copies(extractions: Iterable[Extraction]) -> Copies:
    """Find the sentences and texts that are copies of earlier ones, whatever the order of the texts."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    sentences = [sentence for extraction in ordered for sentence in _sentences(extraction)]
    groups = _groups(sentences)
    return Copies(dict(_origins(groups)), dict(_copied_texts(sentences, groups)))


def copy_triples(copies: Copies, *, base: str = BASE) -> Iterator[ox.Triple]:
    """Yield ``prov:wasDerivedFrom`` from each copied evidence and document to the earlier one."""
    iris = Iris(base)
    for copy, origin in copies.sentences.items():
        yield triple(iris.span("evidence", *copy), "prov:wasDerivedFrom", iris.span("evidence", *origin))
    for text, earlier in copies.texts.items():
        yield triple(iris.document(text), "prov:wasDerivedFrom", iris.document(earlier))


# ---- sentences -----------------------------------------------------------------------------------------------------


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    data = load_yaml(data_path("copies.yaml"))
    return frozenset(data["numbers"]), frozenset(data["turning"])


def _sentences(extraction: Extraction) -> Iterator[_Sentence]:
    """The sentences that hold mentions or are evidence, those of a few words left out."""
    numbers, turning = _words()
    document = extraction.document
    evidence = {span for fact in extraction.facts for span in fact.evidence}
    evidence |= {span for tenure in extraction.tenures for span in tenure.evidence}
    for span in sorted(evidence | {mention.sentence for mention in extraction.mentions}):
        words = _WORD.findall(document.text[span.start : span.end])
        low = [part for word in words for part in _negation(word.casefold())]
        if len(words) >= _FEWEST:
            yield _Sentence(
                day=document.published or dt.date.max,
                document=document.id,
                span=span,
                pairs=frozenset(pairwise(low)),
                numbers=frozenset(word for word in low if word[0].isdigit() or word in numbers),
                names=frozenset(word for word in words[1:] if word[0].isupper()),
                turning=turning.intersection(low),
                evidence=span in evidence,
            )


def _negation(word: str) -> tuple[str, ...]:
    """Split what denies off a verb: "didn't", "cannot"."""
    for ending in ("n't", "n’t"):
        if word.endswith(ending):
            return word.removesuffix(ending), "not"
    return ("can", "not") if word == "cannot" else (word,)


def _is_copy(one: _Sentence, other: _Sentence) -> bool:
    """Whether two sentences of different texts are one: cut short or reworded a little, but with the same content."""
    if one.document == other.document or one.turning != other.turning:
        return False
    cut = all(a <= b or b <= a for a, b in ((one.numbers, other.numbers), (one.names, other.names)))
    shared = len(one.pairs & other.pairs)
    return cut and shared >= _ALIKE * (len(one.pairs) + len(other.pairs) - shared)


def _holds(origin: _Sentence, copy: _Sentence) -> bool:
    """Whether a sentence says all numbers and names of another one; a fuller one than its model is no copy of it."""
    return copy.numbers <= origin.numbers and copy.names <= origin.names


# ---- groups --------------------------------------------------------------------------------------------------------


def _groups(sentences: Sequence[_Sentence]) -> list[list[_Sentence]]:
    """The sentences that are one, by chains of likeness; each group begins with its origin."""
    leader = list(range(len(sentences)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    first: dict[tuple[frozenset[tuple[str, str]], frozenset[str], frozenset[str], frozenset[str]], int] = {}
    for i, one in enumerate(sentences):  # what many texts close with is compared once
        leader[i] = first.setdefault((one.pairs, one.numbers, one.names, one.turning), i)
    places = sorted(first.values())
    for i, j in ((places[a], places[b]) for a, b in _candidates([sentences[place] for place in places])):
        if find(i) != find(j) and _is_copy(sentences[i], sentences[j]):
            leader[find(i)] = find(j)
    groups: dict[int, list[_Sentence]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        groups[find(i)].append(sentence)
    return [sorted(group, key=lambda sentence: sentence.order) for group in groups.values() if len(group) > 1]


def _candidates(sentences: Sequence[_Sentence]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of their rarest pairs of words: any two that are alike enough must.

    Of n pairs of words two sentences share at least a part of ``_ALIKE``; so one of the shared ones is among the
    first n - ⌈_ALIKE n⌉ + 1 of either, in an order that is the same for all.
    """
    often = Counter(pair for sentence in sentences for pair in sentence.pairs)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        ranked = sorted(sentence.pairs, key=lambda pair: (often[pair], pair))
        rare = ranked[: len(ranked) - math.ceil(_ALIKE * len(ranked)) + 1]
        yield from ((j, i) for j in sorted({j for pair in rare for j in holders[pair]}))
        for pair in rare:
            holders[pair].append(i)


def _origins(groups: Iterable[Sequence[_Sentence]]) -> Iterator[tuple[tuple[str, Span], tuple[str, Span]]]:
    for group in groups:
        shown = [sentence for sentence in group if sentence.evidence]
        for place, copy in enumerate(shown):
            origin = next((one for one in shown[:place] if _is_copy(one, copy) and _holds(one, copy)), None)
            if origin is not None:
                yield (copy.document, copy.span), (origin.document, origin.span)


def _copied_texts(sentences: Iterable[_Sentence], groups: Iterable[Sequence[_Sentence]]) -> Iterator[tuple[str, str]]:
    """Texts most of whose sentences stand in one earlier text."""
    length = Counter(sentence.document for sentence in sentences)
    carried: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        for copy in {sentence.document for sentence in group} - {group[0].document}:
            carried[copy][group[0].document] += 1
    for text, origins in sorted(carried.items()):
        origin, number = min(origins.items(), key=lambda entry: (-entry[1], entry[0]))
        if number > 1 and number >= _MOST * length[text]:
            yield text, origin
