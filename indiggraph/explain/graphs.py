"""A thing, a fact or a document of a built graph, explained from the graph and the trail beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indiggraph.errors import GraphError
from indiggraph.explain.records import ExplainedClaim, ExplainedJoin, ExplainedMention, ExplainedNode
from indiggraph.store import Graph
from indiggraph.views.network import find, network
from indiggraph.views.text import describe

__all__ = ["explain_node"]

_TRAIL = "trail.ttl"

_DOCUMENTS = "SELECT ?d ?id ?label { ?d a ig:Document ; dcterms:identifier ?id ; rdfs:label ?label } ORDER BY ?d"
_FACTS_OF = """SELECT ?f (MIN(?start) AS ?first) { ?f a ig:Fact ; ig:evidence ?e . ?e oa:hasSource <%s> ;
oa:hasSelector/oa:start ?start } GROUP BY ?f ORDER BY ?first ?f"""
_MENTIONS_OF = """SELECT ?m ?doc ?start ?end ?text ?rule { ?m ig:refersTo <%s> ; oa:hasSource/dcterms:identifier ?doc ;
oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end ; oa:exact ?text OPTIONAL { ?m ig:rule ?rule } }
ORDER BY ?doc ?start ?end"""
_CLAIM = "SELECT ?rule ?trigger { OPTIONAL { <%s> ig:rule ?rule } OPTIONAL { <%s> ig:trigger ?trigger } }"
_REASONS = "SELECT ?why { <%s> ig:reason ?why } ORDER BY ?why"
_JOINS = """SELECT ?join ?mention ?score { ?join a ig:Join ; ig:joins ?mention ; ig:score ?score }
ORDER BY ?join ?mention"""
_REPLACED = "SELECT ?old { ?old dcterms:isReplacedBy <%s> } ORDER BY ?old"


def explain_node(path: str | Path, what: str) -> ExplainedNode:
    """Explain what an IRI, a fact's id, a document's id or a thing's name means in a graph.

    Raises:
        GraphError: there is no such graph, or nothing or several things in it are called so.
    """
    place = Path(path)
    beside = (place if place.is_dir() else place.parent) / _TRAIL
    teller = _Teller(Graph.load(place), Graph.load(beside) if beside.exists() else None)
    return teller.node(what)


class _Teller:
    """A graph, its network, and its trail if it has one."""

    def __init__(self, graph: Graph, trail: Graph | None) -> None:
        self._graph = graph
        self._has_trail = trail is not None
        self._trail = trail or Graph()
        self._network = network(graph.triples())

    def node(self, what: str) -> ExplainedNode:
        for row in self._graph.query(_DOCUMENTS):
            if what in (row["d"], row["id"]):
                return self._document(str(row["d"]), str(row["label"]))
        fact = self._fact_named(what)
        iri = find(self._network, what) if fact is None else fact
        data = self._network.nodes[iri]
        if data["kind"] == "fact":
            return ExplainedNode(iri, data["label"], data["type"], facts=(self._claim(iri),), trail=self._has_trail)
        mentions = dict(self._mentions(iri))
        return ExplainedNode(
            iri=iri,
            label=data["label"],
            type=data["type"],
            names=data["names"],
            replaced=tuple(str(row["old"]) for row in self._trail.query(_REPLACED % iri)),
            mentions=tuple(mentions.values()),
            joins=tuple(self._joins(mentions)),
            trail=self._has_trail,
        )

    def _fact_named(self, what: str) -> str | None:
        """The fact with an id ("4d72d77f8070", or with its prefix "fact:4d72d77f8070")."""
        ident = what.removeprefix("fact:")
        facts = [iri for iri, data in self._network.nodes(data=True) if data["kind"] == "fact"]
        named = [iri for iri in facts if ident and iri.endswith(f"/fact/{ident}")]
        if len(named) > 1:
            raise GraphError(f"{len(named)} facts have the id {ident!r}: {'; '.join(named)}")
        return named[0] if named else None

    def _document(self, iri: str, label: str) -> ExplainedNode:
        facts = [str(row["f"]) for row in self._graph.query(_FACTS_OF % iri)]
        claims = tuple(self._claim(fact) for fact in facts if fact in self._network)
        return ExplainedNode(iri, label, "Document", facts=claims, trail=self._has_trail)

    def _claim(self, iri: str) -> ExplainedClaim:
        [row] = list(self._graph.query(_CLAIM % (iri, iri)))[:1]
        rule, trigger = (None if row[name] is None else str(row[name]) for name in ("rule", "trigger"))
        return ExplainedClaim(iri, rule, trigger, describe(self._network, iri), self._reasons(iri))

    def _reasons(self, iri: str) -> tuple[str, ...]:
        return tuple(str(row["why"]) for row in self._trail.query(_REASONS % iri))

    def _mentions(self, thing: str) -> Iterator[tuple[str, ExplainedMention]]:
        label = self._network.nodes[thing]["label"]
        kind = self._network.nodes[thing]["type"]
        for row in self._graph.query(_MENTIONS_OF % thing):
            mention = str(row["m"])
            why = next(iter(self._reasons(mention)), None)
            start, end = (int(str(row[name])) for name in ("start", "end"))
            yield (
                mention,
                ExplainedMention(
                    str(row["doc"]), start, end, str(row["text"]), kind, str(row["rule"] or ""), label, why
                ),
            )

    def _joins(self, mentions: dict[str, ExplainedMention]) -> Iterator[ExplainedJoin]:
        pairs: dict[str, tuple[list[str], str]] = {}
        for row in self._trail.query(_JOINS):
            pairs.setdefault(str(row["join"]), ([], str(row["score"])))[0].append(str(row["mention"]))
        found = [(join, sides, score) for join, (sides, score) in pairs.items() if set(sides) <= mentions.keys()]
        for join, sides, score in sorted(found, key=lambda entry: [_order(mentions[side]) for side in entry[1]]):
            left, right = sorted((mentions[side] for side in sides), key=_order)
            yield ExplainedJoin(_shown(left), _shown(right), score, self._reasons(join))


def _order(mention: ExplainedMention) -> tuple[str, int, int]:
    return mention.document, mention.start, mention.end


def _shown(mention: ExplainedMention) -> str:
    return f"“{mention.text}” in {mention.document}"
