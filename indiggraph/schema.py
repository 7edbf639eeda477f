"""The ontology as Python data: classes, properties, ranges, labels, and the sectors with their names.

``ontology/indiggraph.ttl`` and ``ontology/sectors.ttl`` are the single source; nothing is listed a second time here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyoxigraph as ox

from indiggraph.errors import ResourceError
from indiggraph.resources import ontology_path

__all__ = [
    "NAMESPACES",
    "SECTOR_SCHEME",
    "Class",
    "Property",
    "Sector",
    "ancestors",
    "classes",
    "properties",
    "sector",
    "sector_scheme_label",
    "sectors",
    "term",
]

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "ig": "https://w3id.org/indiggraph/ns#",
        "isic": "https://unstats.un.org/classifications/ISIC/rev4/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix to namespace, of every vocabulary that graphs of indiggraph use."""

SECTOR_SCHEME = NAMESPACES["ig"] + "sectors"
"""IRI of the concept scheme of sectors."""

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
_SECTOR_NAMESPACE = "https://w3id.org/indiggraph/id/sector/"

_Node = ox.NamedNode | ox.BlankNode
_Index = dict[_Node, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the ontology: its local name, texts, parents among our own classes, and aligned IRIs of others."""

    name: str
    label: str
    definition: str
    parents: tuple[str, ...]
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology; ``domain`` and ``range`` hold full IRIs, several where either class will do."""

    name: str
    label: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry sector: its key (also its preferred label), its other names, and where it hangs.

    ``alt_labels`` name the sector wherever they stand in a text, in any case; ``key`` does so alone only where
    ``standalone`` is true, else beside "industry" or "sector".  ``matches`` are pairs of a SKOS mapping relation
    ("exactMatch") and the IRI of an item of ISIC Rev. 4.
    """

    key: str
    slug: str
    alt_labels: tuple[str, ...]
    broader: str | None
    standalone: bool
    matches: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The preferred label: the key."""
        return self.key

    @property
    def iri(self) -> str:
        """The concept's IRI; it belongs to the scheme and does not change with the base of a graph."""
        return _SECTOR_NAMESPACE + self.slug


@cache
def term(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name: ``term("ig:agent")``.

    Raises:
        KeyError: the prefix is not one of :data:`NAMESPACES`.
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


@cache
def classes() -> Mapping[str, Class]:
    """Return the ontology's classes by local name, in code-point order."""
    index = _index("indiggraph.ttl")
    found = (_class(index, node) for node in _own(index, "Class"))
    return MappingProxyType({item.name: item for item in sorted(found, key=lambda item: item.name)})


@cache
def properties() -> Mapping[str, Property]:
    """Return the ontology's properties by local name, in code-point order."""
    index = _index("indiggraph.ttl")
    nodes = {node for kind in ("ObjectProperty", "DatatypeProperty", "Property") for node in _own(index, kind)}
    found = (_property(index, node) for node in nodes)
    return MappingProxyType({item.name: item for item in sorted(found, key=lambda item: item.name)})


def ancestors(name: str) -> tuple[str, ...]:
    """Return the class and the classes of the ontology above it, nearest first.

    Raises:
        ResourceError: the ontology has no such class.
    """
    known = classes()
    if name not in known:
        raise ResourceError("indiggraph.ttl", f"has no class {name!r}")
    return (name, *(above for parent in known[name].parents for above in ancestors(parent)))


@cache
def sectors() -> tuple[Sector, ...]:
    """Return the sectors of the scheme, by key.

    Raises:
        ResourceError: the file is no Turtle, or a concept lacks its key.
    """
    index = _index("sectors.ttl")
    kind = ox.NamedNode(NAMESPACES["ig"] + "Sector")
    nodes = [node for node, slots in index.items() if kind in slots.get(NAMESPACES["rdf"] + "type", ())]
    return tuple(sorted((_sector(index, node) for node in nodes), key=lambda item: item.key))


def sector(key: str) -> Sector:
    """Return the sector of this key.

    Raises:
        ResourceError: the scheme has no such sector.
    """
    found = _sectors_by_key().get(key)
    if found is None:
        raise ResourceError("sectors.ttl", f"has no sector {key!r}")
    return found


@cache
def sector_scheme_label() -> str:
    """Return the label of the scheme of sectors."""
    index = _index("sectors.ttl")
    return _text(index, ox.NamedNode(SECTOR_SCHEME), "rdfs", "label")


@cache
def _sectors_by_key() -> Mapping[str, Sector]:
    return MappingProxyType({item.key: item for item in sectors()})


def _index(name: str) -> _Index:
    path = ontology_path(name)
    index: _Index = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.Triple):
                index.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    except SyntaxError as error:
        raise ResourceError(str(path), error.msg, error.lineno) from error
    except OSError as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error
    return index


def _own(index: _Index, kind: str) -> Iterator[ox.NamedNode]:
    namespace = "rdf" if kind == "Property" else "owl"
    wanted = ox.NamedNode(NAMESPACES[namespace] + kind)
    for node, slots in index.items():
        typed = wanted in slots.get(NAMESPACES["rdf"] + "type", ())
        if typed and isinstance(node, ox.NamedNode) and node.value.startswith(NAMESPACES["ig"]):
            yield node


def _class(index: _Index, node: ox.NamedNode) -> Class:
    above = _iris(index, node, "rdfs", "subClassOf")
    own = tuple(_local(iri) for iri in above if iri.startswith(NAMESPACES["ig"]))
    foreign = [iri for iri in above if not iri.startswith(NAMESPACES["ig"])]
    return Class(
        name=_local(node.value),
        label=_text(index, node, "rdfs", "label"),
        definition=_text(index, node, "skos", "definition"),
        parents=own,
        aligned=tuple(sorted({*foreign, *_iris(index, node, "skos", "closeMatch")})),
    )


def _property(index: _Index, node: ox.NamedNode) -> Property:
    return Property(
        name=_local(node.value),
        label=_text(index, node, "rdfs", "label"),
        definition=_text(index, node, "skos", "definition"),
        domain=_union(index, node, "domain"),
        range=_union(index, node, "range"),
    )


def _sector(index: _Index, node: _Node) -> Sector:
    key = _text(index, node, "skos", "prefLabel")
    above = [ox.NamedNode(iri) for iri in _iris(index, node, "skos", "broader")]
    matches = [(name, iri) for name in _MATCHES for iri in _iris(index, node, "skos", name)]
    return Sector(
        key=key,
        slug=node.value.removeprefix(_SECTOR_NAMESPACE),
        alt_labels=tuple(sorted(item.value for item in _values(index, node, "skos", "altLabel"))),
        broader=_text(index, above[0], "skos", "prefLabel") if above else None,
        standalone=_text(index, node, "ig", "standalone") == "true",
        matches=tuple(matches),
    )


def _values(index: _Index, node: _Node, prefix: str, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
    values = index.get(node, {}).get(NAMESPACES[prefix] + name, [])
    return [value for value in values if not isinstance(value, ox.Triple)]


def _iris(index: _Index, node: _Node, prefix: str, name: str) -> tuple[str, ...]:
    values = _values(index, node, prefix, name)
    return tuple(sorted(value.value for value in values if isinstance(value, ox.NamedNode)))


def _text(index: _Index, node: _Node, prefix: str, name: str) -> str:
    values = _values(index, node, prefix, name)
    if len(values) != 1:
        raise ResourceError("ontology", f"{node} has {len(values)} values of {prefix}:{name}, not one")
    return values[0].value


def _union(index: _Index, node: _Node, name: str) -> tuple[str, ...]:
    """Return the class of a domain or range, or the members where it is a union."""
    for value in _values(index, node, "rdfs", name):
        if isinstance(value, ox.BlankNode):
            (head,) = _values(index, value, "owl", "unionOf")
            return tuple(sorted(_list(index, head)))
    return _iris(index, node, "rdfs", name)


def _list(index: _Index, head: ox.NamedNode | ox.BlankNode | ox.Literal) -> Iterator[str]:
    while isinstance(head, ox.BlankNode):
        (first,) = _values(index, head, "rdf", "first")
        (head,) = _values(index, head, "rdf", "rest")
        yield first.value


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACES["ig"])
