"""Why a graph is as it is, as triples beside it: reasons of facts and mentions, joins of things, replaced IRIs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import pyoxigraph as ox

from indiggraph.model import Extraction, Form, Judgement, Thing
from indiggraph.rdf import Linker
from indiggraph.schema import term
from indiggraph.terms import BASE, Iris, decimal, triple, types

__all__ = ["Decisions", "trail_triples"]


class Decisions(Linker, Protocol):
    """What is read of the decisions about identity, and why they fell."""

    @property
    def joins(self) -> tuple[Judgement, ...]:
        """What brought things of different texts together, each named by the id of a mention."""

    def why(self, mention_id: str, /) -> str | None:
        """Return why a mention refers to its thing within its text."""


def trail_triples(extractions: Iterable[Extraction], linker: Decisions, *, base: str = BASE) -> Iterator[ox.Triple]:
    """Yield why facts and mentions are as they are, what joined things, and which IRIs were replaced.

    A reason is an ``ig:reason`` in words; ``dcterms:isReplacedBy`` leads from each merged thing's IRI to the one that
    stays.
    """
    iris = Iris(base)
    for extraction in extractions:
        yield from _reasons(extraction, linker, iris)
    for join in linker.joins:
        yield from _join(join, iris)
    for thing in linker.things:
        yield from _replaced(thing, iris)


def _reasons(extraction: Extraction, linker: Decisions, iris: Iris) -> Iterator[ox.Triple]:
    for reason in extraction.reasons:
        words = f"{reason.slot} “{reason.value}”: {reason.why}"
        yield triple(iris.of("fact", reason.fact), "ig:reason", ox.Literal(words))
    for mention in extraction.mentions:
        why = linker.why(mention.id)
        if why is not None and mention.form is not Form.PRONOUN:
            yield triple(iris.of("mention", mention.id), "ig:reason", ox.Literal(why))


def _join(join: Judgement, iris: Iris) -> Iterator[ox.Triple]:
    digest = hashlib.sha256(f"{join.left}\n{join.right}".encode()).hexdigest()[:12]
    node = iris.of("join", digest)
    yield from types(node, "ig:Join")
    for ident in (join.left, join.right):
        yield triple(node, "ig:joins", iris.of("mention", ident))
    yield triple(node, "ig:score", decimal(join.score))
    for reason in join.reasons:
        yield triple(node, "ig:reason", ox.Literal(reason))


def _replaced(thing: Thing, iris: Iris) -> Iterator[ox.Triple]:
    kind = thing.type.top.value.lower()
    for slug in thing.merged:
        if slug != thing.slug:
            yield ox.Triple(iris.of(kind, slug), term("dcterms:isReplacedBy"), iris.thing(thing))
