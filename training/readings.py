"""The annotated articles as they are read now, for what is learned from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indiggraph import rdf
from indiggraph.annotate import load_model
from indiggraph.evaluation.align import align_facts, align_things
from indiggraph.evaluation.gold import GoldFact, read_gold
from indiggraph.evaluation.predicted import read_predicted
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction
from indiggraph.pipeline import extract
from indiggraph.read import read
from indiggraph.resolve import Linker, resolve
from indiggraph.store import Graph
from indiggraph.terms import BASE, Iris
from indiggraph.trace import Trace

__all__ = [
    "GOLD",
    "HELD_OUT",
    "UNREAD",
    "aligned",
    "fact_iri",
    "graph_of",
    "learned_from",
    "learned_from_only",
    "read_source",
]

GOLD = Path("tests/gold")
MORE = Path("training/articles")
"""Annotated articles that are learned from only: no floor of the accuracy gate stands on them."""
UNREAD = frozenset({"sealed", "unread"})
"""Parts of the gold that nothing is learned from but how sure facts are: they tell what holds elsewhere."""
HELD_OUT = frozenset({"dispatch", "report", "wire"})
"""Parts of the gold by which it is chosen how sure the second reading must be, and how sure facts are."""


def learned_from() -> Iterator[tuple[Path, Path]]:
    """The sources of the parts of the gold that may be learned from, each with its annotations."""
    yield Path("seeds"), GOLD / "seeds"
    for source in sorted(GOLD.glob("*.jsonl")):
        if source.stem not in UNREAD | HELD_OUT:
            yield source, source.with_suffix("")


def learned_from_only() -> Iterator[tuple[Path, Path]]:
    """The sources of the other annotated articles."""
    for source in sorted(MORE.glob("*.jsonl")):
        yield source, source.with_suffix("")


def read_source(source: Path, heard: Trace) -> tuple[list[Extraction], Linker, Graph]:
    """What the articles of a source say, what is one thing, and the graph; ``heard`` hears every decision."""
    nlp, lexicon, frames = load_model(), load_lexicon(), load_frames()
    documents = sorted((one for one in read([str(source)]) if isinstance(one, Document)), key=lambda one: one.id)
    extractions = [extract(one, nlp, lexicon, frames, heard) for one in documents]
    linker = resolve(extractions, (), lexicon=lexicon)
    quads = (triple for one in extractions for triple in rdf.triples(one, linker, base=BASE))
    return extractions, linker, Graph.from_quads(quads)


def graph_of(source: Path, heard: Trace) -> Graph:
    """The graph of a source; ``heard`` hears every decision."""
    return read_source(source, heard)[2]


def fact_iri(ident: str) -> str:
    """The IRI of a fact in such a graph by its id."""
    return Iris(BASE).of("fact", ident).value


def aligned(source: Path, gold: Path, heard: Trace) -> Iterator[tuple[str, GoldFact, str]]:
    """Each fact of the gold that is not optional and was found: its article, itself, and the IRI of the one found."""
    predicted = read_predicted(graph_of(source, heard))
    for document in read_gold(gold):
        found = predicted.facts[document.id]
        for i, j in align_facts(align_things(document, predicted), found).items():
            if not document.facts[i].optional:
                yield document.id, document.facts[i], found[j].iri
