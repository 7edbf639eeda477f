"""Triples -> a network of things and facts, with all that a reader wants to know of each."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx
import pyoxigraph as ox

from indiggraph.errors import GraphError
from indiggraph.model import FactType, RoleName, ThingType
from indiggraph.schema import NAMESPACES

__all__ = ["Quote", "around", "find", "network"]

_SCHEMA = NAMESPACES["schema"]
_SKOS = NAMESPACES["skos"]
_ROLES = (*(role.value for role in RoleName), "sector", "partOf")
_LABELS = {"statedBy": "stated by", "reportedBy": "reported by", "partOf": "part of"}
_BOUNDS = {"Lower": "at least ", "Upper": "at most ", "About": "about "}
_SHOWN = 8  # names that an error lists
_BODIES = ("Company", "GovernmentBody", "NewsAgency")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that a fact or a tenure rests on: its document (title or id), its offsets there, its text."""

    document: str
    start: int
    end: int
    text: str
    publisher: str | None = None
    published: str | None = None


def network(triples: Iterable[ox.Triple]) -> nx.MultiDiGraph:
    """Return things and facts as nodes (their IRIs), roles and tenures as edges, in the order of their IRIs.

    Attributes of a node: ``kind`` ("thing" or "fact"), ``type`` (the class's local name), ``label``, ``names`` (other
    names), ``values`` (pairs of name and text: sums, quantities, times, themes, posts at no body), ``sums`` (sums and
    quantities as the text has them), ``modality`` and ``quotes`` (a tuple of :class:`Quote`).  Attributes of an edge:
    ``role`` (the property's local name; "tenure" for posts), ``label`` and ``quotes`` (of tenures).
    """
    source = _Source(triples)
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    things = {iri: source.thing(iri) for kind in ThingType for iri in source.instances(NAMESPACES["ig"] + kind)}
    facts = {iri: source.fact(iri, kind) for kind in FactType for iri in source.instances(NAMESPACES["ig"] + kind)}
    graph.add_nodes_from(sorted((things | facts).items(), key=lambda item: item[0]))
    _add_roles(graph, source)
    _add_tenures(graph, source)
    return graph


def around(graph: nx.MultiDiGraph, node: str, hops: int) -> nx.MultiDiGraph:
    """Return the part of a network within ``hops`` edges of a node, whichever way they point."""
    return nx.ego_graph(graph, node, radius=hops, undirected=True)


def find(graph: nx.MultiDiGraph, name: str) -> str:
    """Return the node that is meant by an IRI or a name.

    A name is looked for as it is, then without regard to case and diacritics, then within longer names; preferred
    labels come before other names.

    Raises:
        GraphError: nothing has the name, or several things do; the message lists them.
    """
    if name in graph:
        return name
    things = [(iri, data) for iri, data in graph.nodes(data=True) if data["kind"] == "thing"]
    for fits in _tests(name):
        for key in ("label", "names"):
            hits = [iri for iri, data in things if any(map(fits, _texts(data[key])))]
            if len(hits) == 1:
                return str(hits[0])
            if hits:
                shown = "; ".join(f"{graph.nodes[iri]['label']} <{iri}>" for iri in hits[:_SHOWN])
                more = f"; and {len(hits) - _SHOWN} more" if len(hits) > _SHOWN else ""
                raise GraphError(f"{len(hits)} things are called {name!r}: {shown}{more}")
    raise GraphError(f"nothing in the graph is called {name!r}")


def _tests(name: str) -> tuple[Callable[[str], bool], ...]:
    wanted = _folded(name)
    if not wanted:
        return ()
    return (name.__eq__, lambda text: _folded(text) == wanted, lambda text: wanted in _folded(text))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _folded(text: str) -> str:
    """Text without case and diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold().strip()


def _add_roles(graph: nx.MultiDiGraph, source: _Source) -> None:
    for iri in [node for node, kind in graph.nodes(data="kind") if kind == "fact"]:
        for role in _ROLES:
            for other in source.iris(iri, NAMESPACES["ig"] + role):
                if other in graph:
                    graph.add_edge(iri, other, role=role, label=_LABELS.get(role, role), quotes=())


def _add_tenures(graph: nx.MultiDiGraph, source: _Source) -> None:
    org = NAMESPACES["org"]
    for tenure in source.instances(NAMESPACES["ig"] + "Tenure"):
        post = source.post(tenure)
        bodies = [body for body in source.iris(tenure, org + "organization") if body in graph]
        for person in source.iris(tenure, org + "member"):
            if person not in graph:
                continue
            for body in bodies:
                graph.add_edge(person, body, role="tenure", label=post, quotes=source.quotes(tenure))
            if not bodies:
                data = graph.nodes[person]
                data["values"] = (*data["values"], ("post", post))
                data["quotes"] = (*data["quotes"], *source.quotes(tenure))


class _Source:
    """Triples by subject and predicate."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._objects: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self._instances: dict[str, list[str]] = defaultdict(list)
        for triple in triples:
            subject, item = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(item, ox.NamedNode | ox.Literal):
                self._objects[subject.value][triple.predicate.value].append(item)
                if triple.predicate.value == NAMESPACES["rdf"] + "type":
                    self._instances[item.value].append(subject.value)

    def instances(self, type_iri: str) -> list[str]:
        return sorted(self._instances.get(type_iri, ()))

    def iris(self, subject: str, predicate: str) -> list[str]:
        return sorted(item.value for item in self._of(subject, predicate) if isinstance(item, ox.NamedNode))

    def texts(self, subject: str, predicate: str) -> list[str]:
        return sorted(item.value for item in self._of(subject, predicate) if isinstance(item, ox.Literal))

    def text(self, subject: str, predicate: str) -> str | None:
        return next(iter(self.texts(subject, predicate)), None)

    def _of(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        return self._objects.get(subject, {}).get(predicate, [])

    def thing(self, iri: str) -> dict[str, object]:
        types = self.iris(iri, NAMESPACES["rdf"] + "type")
        known = [name for name in map(_local, types) if name in set(ThingType)]
        narrow = next((name for name in known if name in _BODIES), known[0])
        return {
            "kind": "thing",
            "type": narrow,
            "label": self.text(iri, _SKOS + "prefLabel") or self.label(iri),
            "names": tuple(self.texts(iri, _SKOS + "altLabel")),
            "values": (),
            "sums": (),
            "modality": None,
            "quotes": (),
        }

    def fact(self, iri: str, kind: str) -> dict[str, object]:
        measures = [*self._measures(iri, "amount"), *self._measures(iri, "quantity")]
        return {
            "kind": "fact",
            "type": kind,
            "label": self.label(iri),
            "names": (),
            "values": (*measures, *self._attributes(iri)),
            "sums": tuple(self.sums(iri)),
            "modality": next(map(_local, self.iris(iri, NAMESPACES["ig"] + "modality")), None),
            "quotes": self.quotes(iri),
        }

    def label(self, iri: str) -> str:
        return self.text(iri, NAMESPACES["rdfs"] + "label") or _local(iri)

    def sums(self, fact: str) -> list[str]:
        nodes = [*self.iris(fact, NAMESPACES["ig"] + "amount"), *self.iris(fact, NAMESPACES["ig"] + "quantity")]
        return [self.label(node) for node in nodes]

    def _measures(self, iri: str, name: str) -> Iterator[tuple[str, str]]:
        """Name and text of each sum or quantity, with what it is worth in figures."""
        for node in self.iris(iri, NAMESPACES["ig"] + name):
            yield name, f"{self.label(node)} ({self._figures(node)})"
            yield from (("equal to", text) for _, text in self._measures(node, "equivalent"))

    def _figures(self, node: str) -> str:
        ends = [self.text(node, _SCHEMA + end) for end in ("value", "minValue", "maxValue")]
        figures = " to ".join(f"{Decimal(end):,f}".removesuffix(".0") for end in ends if end is not None)
        bound = next((_BOUNDS[_local(iri)] for iri in self.iris(node, NAMESPACES["ig"] + "bound")), "")
        unit = self.text(node, _SCHEMA + "currency") or self.text(node, _SCHEMA + "unitText") or ""
        per = self.text(node, NAMESPACES["ig"] + "per")
        return f"{bound}{figures or 'no figure'} {unit}".strip() + (f" per {per}" if per else "")

    def _attributes(self, iri: str) -> Iterator[tuple[str, str]]:
        for theme in self.texts(iri, NAMESPACES["ig"] + "theme"):
            yield "theme", theme
        for name, label in (("time", "time"), ("statedAt", "said")):
            for node in self.iris(iri, NAMESPACES["ig"] + name):
                yield label, self._time(node)
        for name in ("modality", "direction"):
            for other in self.iris(iri, NAMESPACES["ig"] + name):
                yield name, _local(other).lower()
        for confidence in self.texts(iri, NAMESPACES["ig"] + "confidence"):
            yield "confidence", confidence

    def _time(self, node: str) -> str:
        first, last, length = (self.text(node, _SCHEMA + name) for name in ("startDate", "endDate", "duration"))
        days = length or (first if first == last else f"{first or '…'} to {last or '…'}")
        return self.label(node) if days is None or days == "… to …" else f"{self.label(node)} ({days})"

    def post(self, tenure: str) -> str:
        """Words of the post, with "former" where the text says so."""
        roles = self.iris(tenure, NAMESPACES["org"] + "role")
        post = next((self.text(role, _SKOS + "prefLabel") for role in roles), None) or self.label(tenure)
        former = self.text(tenure, NAMESPACES["ig"] + "former") == "true"
        return f"former {post}" if former else post

    def quotes(self, iri: str) -> tuple[Quote, ...]:
        """Passages that a fact or a tenure rests on, in the order of the text."""
        found = [self._quote(evidence) for evidence in self.iris(iri, NAMESPACES["ig"] + "evidence")]
        return tuple(sorted(found, key=lambda quote: (quote.document, quote.start, quote.end)))

    def _quote(self, evidence: str) -> Quote:
        oa = NAMESPACES["oa"]
        document = next(iter(self.iris(evidence, oa + "hasSource")), "")
        selector = next(iter(self.iris(evidence, oa + "hasSelector")), "")
        dcterms = NAMESPACES["dcterms"]
        return Quote(
            document=self.text(document, dcterms + "title") or self.text(document, dcterms + "identifier") or document,
            start=int(self.text(selector, oa + "start") or 0),
            end=int(self.text(selector, oa + "end") or 0),
            text=self.text(selector, oa + "exact") or "",
            publisher=self.text(document, dcterms + "publisher"),
            published=self.text(document, _SCHEMA + "datePublished"),
        )


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
