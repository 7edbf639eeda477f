"""Triples to Turtle that people can read and that is the same, byte for byte, whatever the order of the input.

Things come first, by class; then each document with its facts in the order of the text, each followed by its sums,
quantities and times; then its tenures, evidence and mentions.  One block a subject, prefixes for all that is usual.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from indiggraph.schema import NAMESPACES

__all__ = ["turtle"]

_Subject = ox.NamedNode | ox.BlankNode | ox.Triple
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Place = tuple[int, str, int, int, int, str, int]
_Blocks = Mapping[_Subject, Mapping[str, list[_Term]]]

_LINE = 120
_TYPE = NAMESPACES["rdf"] + "type"
_FIRST_PREDICATES = (
    "rdf:type",
    "skos:prefLabel",
    "rdfs:label",
    "skos:altLabel",
    "dcterms:identifier",
    "dcterms:title",
    "org:member",
    "org:role",
    "org:organization",
    "ig:agent",
    "ig:counterparty",
    "ig:beneficiary",
    "ig:theme",
    "ig:sector",
    "ig:program",
    "ig:place",
    "ig:amount",
    "ig:quantity",
    "ig:time",
    "ig:modality",
    "ig:direction",
    "ig:statedBy",
    "ig:reportedBy",
    "ig:statedAt",
    "ig:partOf",
    "ig:refersTo",
    "oa:hasSource",
    "oa:hasSelector",
    "oa:start",
    "oa:end",
)
_VALUE_PREDICATES = ("ig:amount", "ig:quantity", "ig:time", "ig:statedAt", "ig:equivalent")
_THINGS = ("Sector", "Person", "Organization", "Group", "Place", "Program", "Product", "Gathering")
# Sections of a document, in order.
_DOCUMENT, _FACTS, _TENURES, _EVIDENCE, _MENTIONS = range(5)

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.%-]*[A-Za-z0-9_-])?")
_DECIMAL = NAMESPACES["xsd"] + "decimal"
_BARE = {
    NAMESPACES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    _DECIMAL: re.compile(r"[+-]?[0-9]*\.?[0-9]+"),
    NAMESPACES["xsd"] + "boolean": re.compile(r"true|false"),
}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Return the triples as Turtle in UTF-8; a triple given twice is written once.

    Blank nodes, which only graphs from elsewhere have, are named by RDFC-1.0 first.
    """
    blocks = _blocks(_canonical(set(triples)))
    names = _Names.of(blocks)
    places = _Places.of(blocks)
    subjects = sorted(blocks, key=lambda subject: (places.of_subject(subject), str(subject)))
    body = "\n".join(_block(subject, blocks[subject], names) for subject in subjects)
    return (names.header() + body).encode()


def _canonical(triples: set[ox.Triple]) -> Iterable[ox.Triple]:
    if not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object)):
        return triples
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


def _blocks(triples: Iterable[ox.Triple]) -> _Blocks:
    blocks: dict[_Subject, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        blocks[triple.subject][triple.predicate.value].append(triple.object)
    return blocks


# ---- names -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Names:
    """Shortens IRIs; remembers which prefixes were asked for."""

    prefixes: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, blocks: _Blocks) -> _Names:
        """Take the usual prefixes, and one for each folder that subjects share, named after the folder."""
        spaces = {_split(subject.value)[0] for subject in blocks if isinstance(subject, ox.NamedNode)}
        prefixes = dict(NAMESPACES)
        for space in sorted(spaces - set(NAMESPACES.values())):
            folder = space.rstrip("/#").rpartition("/")[2]
            if re.fullmatch(r"[a-z][a-z0-9-]*", folder):
                prefixes.setdefault(folder, space)
        return cls({space: name for name, space in prefixes.items()})

    def header(self) -> str:
        """Return the declarations of the prefixes used so far."""
        spaces = {name: space for space, name in self.prefixes.items() if name in self.used}
        return "".join(f"@prefix {name}: <{spaces[name]}> .\n" for name in sorted(spaces)) + "\n"

    def iri(self, iri: str) -> str:
        """Return the prefixed name, or the IRI in full where none is safe to write."""
        space, local = _split(iri)
        name = self.prefixes.get(space)
        if name is None or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        self.used.add(name)
        return f"{name}:{local}"

    def term(self, term: _Term) -> str:
        """Return a term in Turtle."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        return self.literal(term) if isinstance(term, ox.Literal) else str(term)

    def literal(self, literal: ox.Literal) -> str:
        """Return a literal: numbers (a decimal with its point) and truth values bare, controls in texts escaped."""
        bare = _BARE.get(literal.datatype.value)
        if bare is not None and bare.fullmatch(literal.value):
            return literal.value if literal.datatype.value != _DECIMAL or "." in literal.value else f"{literal.value}.0"
        quoted = f'"{literal.value.translate(_ESCAPES)}"'
        if literal.language is not None:
            return f"{quoted}@{literal.language}"
        plain = literal.datatype.value == NAMESPACES["xsd"] + "string"
        return quoted if plain else f"{quoted}^^{self.iri(literal.datatype.value)}"


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]


def _block(subject: _Subject, slots: Mapping[str, list[_Term]], names: _Names) -> str:
    lines = [_slot(predicate, slots[predicate], names) for predicate in sorted(slots, key=_predicate_place)]
    head = names.term(subject)
    short = f"{head} " + " ; ".join(lines) + " .\n"
    return short if len(short) <= _LINE else f"{head} " + " ;\n    ".join(lines) + " .\n"


def _slot(predicate: str, values: list[_Term], names: _Names) -> str:
    written = sorted(names.term(value) for value in values)
    name = "a" if predicate == _TYPE else names.iri(predicate)
    return f"{name} {', '.join(written)}"


def _predicate_place(predicate: str) -> tuple[int, str]:
    return _PREDICATE_PLACES.get(predicate, len(_FIRST_PREDICATES)), predicate


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local


_PREDICATE_PLACES = {_iri(name): place for place, name in enumerate(_FIRST_PREDICATES)}


# ---- order -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Places:
    """Where a subject stands: among the things, or in which section of which document."""

    blocks: _Blocks
    owners: dict[_Term, _Subject] = field(default_factory=dict)
    holders: dict[_Term, _Subject] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: _Blocks) -> _Places:
        places = cls(blocks)
        for subject in sorted(blocks, key=str):
            for name in _VALUE_PREDICATES:
                for value in blocks[subject].get(_iri(name), ()):
                    places.owners.setdefault(value, subject)
            for value in blocks[subject].get(_iri("oa:hasSelector"), ()):
                places.holders.setdefault(value, subject)
        return places

    def of_subject(self, subject: _Subject) -> _Place:
        owner, depth = self._owner(subject)
        kinds = {kind.value for kind in self.blocks[owner].get(_TYPE, ()) if isinstance(kind, ox.NamedNode)}
        holder = self.holders.get(owner, owner)
        if _iri("ig:Document") in kinds:
            return (1, str(owner), _DOCUMENT, 0, 0, "", 0)
        if _iri("ig:evidence") in self.blocks[owner]:
            section = _TENURES if _iri("ig:Tenure") in kinds else _FACTS
            return self._in_document(section, self._first_evidence(owner), str(owner), depth)
        if _iri("oa:hasSource") in self.blocks.get(holder, {}):
            section = _MENTIONS if _iri("ig:refersTo") in self.blocks[holder] else _EVIDENCE
            return self._in_document(section, holder, str(holder), int(holder != owner))
        return (0, "", _thing_rank(kinds), 0, 0, "", 0)

    def _owner(self, subject: _Subject) -> tuple[_Subject, int]:
        """Climb from a value to its fact: an equivalent hangs two steps below; more is not ours to follow."""
        depth = 0
        while subject in self.owners and depth < 2:
            subject, depth = self.owners[subject], depth + 1
        return subject, depth

    def _first_evidence(self, claim: _Subject) -> _Term:
        return min(self.blocks[claim][_iri("ig:evidence")], key=lambda node: (*self._offsets(node), str(node)))

    def _in_document(self, section: int, node: _Term, name: str, depth: int) -> _Place:
        sources = self._values(node, "oa:hasSource")
        return (1, str(min(sources, key=str)) if sources else "", section, *self._offsets(node), name, depth)

    def _offsets(self, node: _Term) -> tuple[int, int]:
        selectors = self._values(node, "oa:hasSelector")
        found = [value for selector in selectors for value in self._values(selector, "oa:start")]
        ends = [value for selector in selectors for value in self._values(selector, "oa:end")]
        return _least(found), _least(ends)

    def _values(self, node: _Term, name: str) -> list[_Term]:
        return [] if isinstance(node, ox.Literal) else self.blocks.get(node, {}).get(_iri(name), [])


def _least(values: list[_Term]) -> int:
    numbers = [int(value.value) for value in values if isinstance(value, ox.Literal) and value.value.isdecimal()]
    return min(numbers, default=0)


def _thing_rank(kinds: set[str]) -> int:
    """Return the place of a class among the things; what is no thing (roles, schemes, foreign terms) follows."""
    ranks = [place for place, name in enumerate(_THINGS) if _iri(f"ig:{name}") in kinds]
    return ranks[0] if ranks else len(_THINGS)
