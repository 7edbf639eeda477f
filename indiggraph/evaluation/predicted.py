"""What a graph says, by document, read with SPARQL through the vocabulary alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indiggraph.evaluation.gold import ENTITY_SLOTS
from indiggraph.evaluation.words import canonical_duration
from indiggraph.model import FactType, ThingType
from indiggraph.schema import NAMESPACES
from indiggraph.store import Graph

__all__ = ["Amount", "Predicted", "PredictedFact", "PredictedTenure", "read_predicted"]

_IG = NAMESPACES["ig"]
_FACT_TYPES = frozenset(FactType)
_GATHERING_HELD = "Gathering"
"""The gold format's name for ``ig:Occurrence``."""
_TOP = frozenset({"Person", "Organization", "Group", "Place", "Program", "Gathering", "Product", "Sector"})
SEVERAL = "several"
"""What a fact has where it has more than one class or modality: never right."""

_OURS = "FILTER(STRSTARTS(STR({}), STR(ig:)))"

Cell = str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum, and one of its equivalents if it has any."""

    value: float | None
    minimum: float | None
    maximum: float | None
    currency: Cell
    equal: tuple[float | None, Cell]


@dataclass(slots=True)
class PredictedFact:
    """A fact of the graph; ``slots`` hold IRIs and literals by role, "sector" and "theme" included."""

    iri: str
    type: str
    slots: Mapping[str, set[str]]
    amounts: list[Amount] = field(default_factory=list)
    quantities: list[tuple[float, str]] = field(default_factory=list)
    times: list[tuple[Cell, Cell, tuple[int, int] | Cell]] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    modality: Cell = None
    direction: Cell = None
    part_of: Cell = None
    confidence: float | None = None

    def values(self, *slots: str) -> list[str]:
        """The distinct values of these slots, in a fixed order."""
        return list(dict.fromkeys(value for slot in slots for value in sorted(self.slots[slot])))


@dataclass(frozen=True, slots=True)
class PredictedTenure:
    """A post that the graph gives to a person (IRIs)."""

    person: Cell
    organization: Cell
    post: str
    former: bool


@dataclass(slots=True)
class Predicted:
    """The graph by document id: mentions' surfaces by thing, facts, tenures; and classes and labels by IRI."""

    documents: dict[str, str] = field(default_factory=dict)
    types: dict[str, set[str]] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentions: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    facts: dict[str, list[PredictedFact]] = field(default_factory=lambda: defaultdict(list))
    tenures: dict[str, list[PredictedTenure]] = field(default_factory=lambda: defaultdict(list))

    def top(self, thing: str) -> set[str]:
        """The classes of the vocabulary's table that a thing has."""
        return self.types.get(thing, set()) & _TOP

    def surfaces(self, value: str, document: str) -> set[str]:
        """What a value is called: its labels and its mentions in the document, else the value itself."""
        return self.labels.get(value, set()) | self.mentions[document].get(value, set()) or {value}


def read_predicted(graph: Graph) -> Predicted:
    """Read all that is scored; facts and tenures count for the documents that their evidence is in."""
    found = Predicted()
    found.documents = {
        str(ident): str(iri)
        for iri, ident in _select(graph, "SELECT ?d ?i { ?d a ig:Document ; dcterms:identifier ?i } ORDER BY ?d")
    }
    ids: dict[Cell, str] = {iri: ident for ident, iri in found.documents.items()}
    _read_things(graph, found, ids)
    _read_facts(graph, found, ids)
    _read_tenures(graph, found, ids)
    return found


def _select(graph: Graph, query: str) -> Iterator[tuple[Cell, ...]]:
    for row in graph.query(query).rows:
        yield tuple(None if term is None else term.value for term in row)  # type: ignore[union-attr]


def _read_things(graph: Graph, found: Predicted, ids: Mapping[Cell, str]) -> None:
    above: dict[Cell, set[str]] = {_IG + kind: {kind.top} for kind in ThingType}
    for kind, parent in _select(graph, f"SELECT ?c ?p {{ ?c rdfs:subClassOf+ ?p {_OURS.format('?p')} }}"):
        above.setdefault(kind, set()).add(str(parent).removeprefix(_IG))
    for thing, kind in _select(graph, f"SELECT ?e ?t {{ ?e a ?t {_OURS.format('?t')} }}"):
        found.types.setdefault(str(thing), set()).update({str(kind).removeprefix(_IG)}, above.get(kind, ()))
    for thing, label in _select(graph, "SELECT ?e ?l { ?e skos:prefLabel|skos:altLabel|rdfs:label|skos:notation ?l }"):
        found.labels[str(thing)].add(str(label))
    query = "SELECT ?d ?e ?x { ?m a ig:Mention ; ig:refersTo ?e ; oa:hasSource ?d ; oa:hasSelector/oa:exact ?x }"
    for document, thing, surface in _select(graph, query):
        if document in ids:
            found.mentions[ids[document]][str(thing)].add(str(surface))


# ---- facts -------------------------------------------------------------------------------------------------


def _read_facts(graph: Graph, found: Predicted, ids: Mapping[Cell, str]) -> None:
    records: dict[Cell, list[PredictedFact]] = defaultdict(list)
    for iri, document in _select(graph, "SELECT DISTINCT ?f ?d { ?f ig:evidence/oa:hasSource ?d } ORDER BY ?f ?d"):
        classes = found.types.get(str(iri), set()) & _FACT_TYPES
        if document in ids and classes:
            kind = next(iter(classes)) if len(classes) == 1 else SEVERAL
            kind = _GATHERING_HELD if kind == FactType.OCCURRENCE else kind
            record = PredictedFact(str(iri), kind, defaultdict(set))
            found.facts[ids[document]].append(record)
            records[iri].append(record)
    _read_slots(graph, records)
    _read_values(graph, records)


def _read_slots(graph: Graph, records: Mapping[Cell, list[PredictedFact]]) -> None:
    properties = ", ".join(f"ig:{slot}" for slot in (*ENTITY_SLOTS, "sector", "theme"))
    for fact, slot, value in _select(graph, f"SELECT ?f ?p ?v {{ ?f ?p ?v FILTER(?p IN ({properties})) }}"):
        for record in records.get(fact, ()):
            record.slots[str(slot).removeprefix(_IG)].add(str(value))
    for fact, value in _select(graph, "SELECT ?f ?v { ?f ig:modality ?v }"):
        name = _local_name(value)
        for record in records.get(fact, ()):
            record.modality = name if record.modality in (None, name) else SEVERAL
    for fact, value in _select(graph, "SELECT ?f ?v { ?f ig:direction ?v } ORDER BY ?v"):
        for record in records.get(fact, ()):
            record.direction = _local_name(value)
    for fact, value in _select(graph, "SELECT ?f ?v { ?f ig:partOf ?v } ORDER BY ?v"):
        for record in records.get(fact, ()):
            record.part_of = value
    for fact, value in _select(graph, "SELECT ?f ?v { ?f ig:confidence ?v } ORDER BY ?v"):
        for record in records.get(fact, ()):
            record.confidence = _number(value)
    for fact, value in _select(graph, "SELECT ?f ?x { ?f ig:evidence/oa:hasSelector/oa:exact ?x }"):
        for record in records.get(fact, ()):
            record.quotes.append(str(value))


def _local_name(iri: Cell) -> str:
    return re.split(r"[#/]", str(iri))[-1].lower()


_AMOUNTS = """SELECT ?f ?v ?min ?max ?c ?eq ?eqc { ?f ig:amount ?a . ?a schema:currency ?c
OPTIONAL { ?a schema:value ?v } OPTIONAL { ?a schema:minValue ?min } OPTIONAL { ?a schema:maxValue ?max }
OPTIONAL { ?a ig:equivalent ?e . ?e schema:value ?eq ; schema:currency ?eqc } }"""
_QUANTITIES = """SELECT ?f ?v ?u { ?f ig:quantity ?a . ?a schema:value|schema:minValue|schema:maxValue ?v
OPTIONAL { ?a schema:unitText ?u } }"""
_TIMES = """SELECT ?f ?b ?e ?d { ?f ig:time ?t OPTIONAL { ?t schema:startDate ?b }
OPTIONAL { ?t schema:endDate ?e } OPTIONAL { ?t schema:duration ?d } }"""


def _read_values(graph: Graph, records: Mapping[Cell, list[PredictedFact]]) -> None:
    for fact, value, low, high, currency, equal, equal_currency in _select(graph, _AMOUNTS):
        amount = Amount(_number(value), _number(low), _number(high), currency, (_number(equal), equal_currency))
        for record in records.get(fact, ()):
            record.amounts.append(amount)
    for fact, value, unit in _select(graph, _QUANTITIES):
        for record in records.get(fact, ()):
            record.quantities.append((float(str(value)), unit or ""))
    for fact, begin, end, duration in _select(graph, _TIMES):
        for record in records.get(fact, ()):
            record.times.append((begin, end, canonical_duration(duration)))


def _number(text: Cell) -> float | None:
    return None if text is None else float(text)


# ---- tenures -----------------------------------------------------------------------------------------------

_TENURES = """SELECT DISTINCT ?t ?d ?p ?o ?r ?f { ?t a ig:Tenure ; org:member ?p ; ig:evidence/oa:hasSource ?d
OPTIONAL { ?t org:organization ?o } OPTIONAL { ?t org:role/(skos:prefLabel|rdfs:label) ?r }
OPTIONAL { ?t ig:former ?f } } ORDER BY ?t ?d ?p ?o ?r ?f"""


def _read_tenures(graph: Graph, found: Predicted, ids: Mapping[Cell, str]) -> None:
    seen: set[tuple[Cell, Cell]] = set()
    for tenure, document, person, body, post, former in _select(graph, _TENURES):
        if document in ids and (tenure, document) not in seen:
            seen.add((tenure, document))
            record = PredictedTenure(person, body, post or "", former == "true")
            found.tenures[ids[document]].append(record)
