"""Facts and things to triples, as ``ontology/indiggraph.ttl`` defines them.

No blank nodes and no clock: the same input gives the same triples in any order of the documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import pyoxigraph as ox

from indiggraph import schema
from indiggraph.errors import GraphError
from indiggraph.invariants import check
from indiggraph.model import (
    Duration,
    Extraction,
    Fact,
    Form,
    Interval,
    Judgement,
    Mention,
    Modality,
    Money,
    Quantity,
    Role,
    RoleName,
    Span,
    Tenure,
    Thing,
)
from indiggraph.schema import SECTOR_SCHEME, term
from indiggraph.terms import (
    BASE,
    Iris,
    Object,
    date,
    decimal,
    folded,
    integer,
    labels,
    scheme_sector,
    triple,
    types,
    web_address,
)

__all__ = ["BASE", "Iris", "Linker", "sector_triples", "triples"]


class Linker(Protocol):
    """What is read of the decisions about identity."""

    @property
    def things(self) -> tuple[Thing, ...]:
        """All things of the corpus."""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The decisions that made them."""

    def thing_of(self, mention_id: str, /) -> Thing | None:
        """Return the thing that a mention refers to, ``None`` where that stays open."""


def triples(extraction: Extraction, linker: Linker, *, base: str = BASE) -> Iterator[ox.Triple]:
    """Yield all that one document says, as triples; some may come twice.

    Mentions by name or description are written, with the things they refer to; a pronoun is not, nor a mention
    whose thing stays open.  A role whose thing has no written mention in the document is left out (a theme then
    falls back to the words of the text), and so is a tenure whose person has none: nobody is there to be named.

    Raises:
        GraphError: the extraction contradicts itself (a span outside the text, a name that is not its text, a fact
            without evidence, a part of a fact that is not there); the message names the document and the id.
    """
    yield from _Writer(extraction, linker, Iris(base)).triples()


def sector_triples(key: str) -> Iterator[ox.Triple]:
    """Yield a sector of the scheme and those above it: labels, place in the scheme, matches in ISIC Rev. 4.

    Raises:
        ResourceError: the scheme has no such sector.
    """
    sector = schema.sector(key)
    node = ox.NamedNode(sector.iri)
    scheme = ox.NamedNode(SECTOR_SCHEME)
    yield from types(node, "ig:Sector", "skos:Concept")
    yield from labels(node, sector.label, ())
    yield ox.Triple(node, term("skos:inScheme"), scheme)
    yield from types(scheme, "skos:ConceptScheme")
    yield ox.Triple(scheme, term("rdfs:label"), ox.Literal(schema.sector_scheme_label()))
    for relation, iri in sector.matches:
        yield ox.Triple(node, term(f"skos:{relation}"), ox.NamedNode(iri))
    if sector.broader is not None:
        yield ox.Triple(node, term("skos:broader"), ox.NamedNode(schema.sector(sector.broader).iri))
        yield from sector_triples(sector.broader)


class _Writer:
    """Writes one document's extraction."""

    def __init__(self, extraction: Extraction, linker: Linker, iris: Iris) -> None:
        check(extraction)
        self._document = extraction.document
        self._extraction = extraction
        self._iris = iris
        self._source = iris.document(extraction.document.id)
        self._texts = {mention.id: mention.text for mention in extraction.mentions if mention.form is not Form.PRONOUN}
        linked = {mention.id: linker.thing_of(mention.id) for mention in extraction.mentions}
        found = {ident: thing for ident, thing in linked.items() if thing is not None}
        named = {iris.thing(thing) for ident, thing in found.items() if ident in self._texts}
        self._things = {ident: thing for ident, thing in found.items() if iris.thing(thing) in named}

    def triples(self) -> Iterator[ox.Triple]:
        yield from self._document_triples()
        for mention in self._extraction.mentions:
            if mention.id in self._texts and mention.id in self._things:
                yield from self._mention(mention, self._things[mention.id])
        for thing in dict.fromkeys(self._things.values()):
            yield from self._thing(thing)
        for fact in self._extraction.facts:
            yield from self._fact(fact)
        for tenure in self._extraction.tenures:
            if tenure.person in self._things:
                yield from self._tenure(tenure)

    # ---- the document and its places ----

    def _document_triples(self) -> Iterator[ox.Triple]:
        document = self._document
        yield from types(self._source, "ig:Document", "schema:NewsArticle")
        yield triple(self._source, "dcterms:identifier", ox.Literal(document.id))
        yield triple(self._source, "rdfs:label", ox.Literal(document.title or document.id))
        yield triple(self._source, "ig:sha256", ox.Literal(hashlib.sha256(document.text.encode()).hexdigest()))
        known: tuple[tuple[str, Object | None], ...] = (
            ("dcterms:title", ox.Literal(document.title) if document.title else None),
            ("dcterms:publisher", ox.Literal(document.publisher) if document.publisher else None),
            ("schema:datePublished", date(document.published) if document.published else None),
            ("dcterms:source", web_address(document.url) if document.url else None),
            ("dcterms:license", web_address(document.licence) if document.licence else None),
        )
        for name, value in known:
            if value is not None:
                yield triple(self._source, name, value)

    def _selected(self, node: ox.NamedNode, span: Span) -> Iterator[ox.Triple]:
        selector = self._iris.span("selector", self._document.id, span)
        yield triple(node, "oa:hasSource", self._source)
        yield triple(node, "oa:hasSelector", selector)
        yield from types(selector, "oa:TextPositionSelector", "oa:TextQuoteSelector")
        yield triple(selector, "oa:start", integer(span.start))
        yield triple(selector, "oa:end", integer(span.end))
        yield triple(selector, "oa:exact", ox.Literal(self._document.text[span.start : span.end]))

    def _evidence(self, node: ox.NamedNode, spans: Iterable[Span]) -> Iterator[ox.Triple]:
        for span in spans:
            evidence = self._iris.span("evidence", self._document.id, span)
            yield triple(node, "ig:evidence", evidence)
            yield from types(evidence, "ig:Evidence", "oa:SpecificResource")
            yield from self._selected(evidence, span)

    # ---- mentions and things ----

    def _mention(self, mention: Mention, thing: Thing) -> Iterator[ox.Triple]:
        node = self._iris.of("mention", mention.id)
        yield from types(node, "ig:Mention", "oa:SpecificResource")
        yield triple(node, "ig:refersTo", self._iris.thing(thing))
        yield triple(node, "ig:rule", ox.Literal(mention.rule))
        yield from self._selected(node, mention.span)

    def _thing(self, thing: Thing) -> Iterator[ox.Triple]:
        if not thing.label.strip():
            raise GraphError(f"thing {thing.slug!r} has an empty label")
        node = self._iris.thing(thing)
        known = scheme_sector(thing)
        if known is not None:
            yield from sector_triples(known.key)
        else:
            yield from types(node, f"ig:{thing.type.value}", f"ig:{thing.type.top.value}")
        label = known.label if known else thing.label
        yield from labels(node, label, {thing.label, *thing.names} - {label})
        if thing.same_as is not None:
            yield triple(node, "owl:sameAs", ox.NamedNode(thing.same_as))

    # ---- facts and tenures ----

    def _fact(self, fact: Fact) -> Iterator[ox.Triple]:
        node = self._iris.of("fact", fact.id)
        text = self._document.text[fact.trigger.start : fact.trigger.end]
        yield from types(node, "ig:Fact", f"ig:{fact.type.value}")
        yield triple(node, "rdfs:label", ox.Literal(self._fact_label(fact)))
        yield triple(node, "ig:modality", term(f"ig:{fact.modality.value}"))
        yield triple(node, "ig:trigger", ox.Literal(text))
        yield from self._grounds(node, fact)
        for role in fact.roles:
            yield from self._role(node, role)
        yield from self._fact_values(node, fact)

    def _fact_values(self, node: ox.NamedNode, fact: Fact) -> Iterator[ox.Triple]:
        for key in fact.sectors:
            yield triple(node, "ig:sector", ox.NamedNode(schema.sector(key).iri))
            yield from sector_triples(key)
        if fact.amount is not None:
            amount = self._iris.of("amount", fact.id)
            yield triple(node, "ig:amount", amount)
            yield from self._amount(amount, fact.id, fact.amount)
        for number, quantity in enumerate(fact.quantities, start=1):
            value = self._iris.of("quantity", f"{fact.id}-{number}")
            yield triple(node, "ig:quantity", value)
            yield from self._quantity(value, quantity)
        yield from self._time(node, "ig:time", fact.id, fact.time)
        yield from self._time(node, "ig:statedAt", f"{fact.id}-stated", fact.stated_at)
        if fact.direction is not None:
            yield triple(node, "ig:direction", term(f"ig:{fact.direction.value}"))
        if fact.part_of is not None:
            yield triple(node, "ig:partOf", self._iris.of("fact", fact.part_of))

    def _role(self, node: ox.NamedNode, role: Role) -> Iterator[ox.Triple]:
        name = f"ig:{role.name.value}"
        if role.mention is None:
            yield triple(node, name, ox.Literal(str(role.label)))
        elif role.mention in self._things:
            yield triple(node, name, self._iris.thing(self._things[role.mention]))
        elif role.name is RoleName.THEME and role.mention in self._texts:
            yield triple(node, name, ox.Literal(self._texts[role.mention]))

    def _tenure(self, tenure: Tenure) -> Iterator[ox.Triple]:
        node = self._iris.of("tenure", tenure.id)
        post = folded(tenure.post)
        role = self._iris.role(post)
        person = self._things[tenure.person]
        body = self._things.get(tenure.organization or "")
        yield from types(node, "ig:Tenure", "org:Membership")
        label = " – ".join([person.label, post, *([body.label] if body else [])])
        yield triple(node, "rdfs:label", ox.Literal(label))
        yield triple(node, "org:member", self._iris.thing(person))
        yield triple(node, "org:role", role)
        yield from types(role, "org:Role")
        yield from labels(role, post, ())
        if body is not None:
            yield triple(node, "org:organization", self._iris.thing(body))
        if tenure.former:
            yield triple(node, "ig:former", ox.Literal(True))
        yield from self._grounds(node, tenure)
        yield from self._time(node, "ig:time", f"{tenure.id}-tenure", tenure.time)

    def _grounds(self, node: ox.NamedNode, claim: Fact | Tenure) -> Iterator[ox.Triple]:
        yield triple(node, "ig:rule", ox.Literal(claim.rule))
        yield triple(node, "ig:confidence", decimal(claim.confidence))
        yield from self._evidence(node, claim.evidence)

    # ---- values ----

    def _amount(self, node: ox.NamedNode, ident: str, money: Money) -> Iterator[ox.Triple]:
        yield from types(node, "schema:MonetaryAmount")
        yield triple(node, "schema:currency", ox.Literal(money.currency))
        yield from self._measure(node, money)
        for number, other in enumerate(money.equivalents, start=1):
            equal = self._iris.of("amount", f"{ident}-{number}")
            yield triple(node, "ig:equivalent", equal)
            yield from self._amount(equal, f"{ident}-{number}", other)

    def _quantity(self, node: ox.NamedNode, quantity: Quantity) -> Iterator[ox.Triple]:
        yield from types(node, "schema:QuantitativeValue")
        yield from self._measure(node, quantity)
        if quantity.unit is not None:
            yield triple(node, "schema:unitText", ox.Literal(quantity.unit))
        if quantity.unit_code is not None:
            yield triple(node, "schema:unitCode", ox.Literal(quantity.unit_code))

    def _measure(self, node: ox.NamedNode, value: Money | Quantity) -> Iterator[ox.Triple]:
        yield triple(node, "rdfs:label", ox.Literal(value.text))
        bounds = (("value", value.value), ("minValue", value.minimum), ("maxValue", value.maximum))
        for name, number in bounds:
            if number is not None:
                yield triple(node, f"schema:{name}", decimal(number))
        if value.bound is not None:
            yield triple(node, "ig:bound", term(f"ig:{value.bound.value}"))
        if value.per is not None:
            yield triple(node, "ig:per", ox.Literal(value.per))

    def _time(
        self, node: ox.NamedNode, name: str, ident: str, value: Interval | Duration | None
    ) -> Iterator[ox.Triple]:
        if value is None:
            return
        time = self._iris.of("period", ident)
        yield triple(node, name, time)
        yield from types(time, "time:TemporalEntity")
        yield triple(time, "rdfs:label", ox.Literal(value.text))
        if isinstance(value, Duration):
            yield triple(time, "schema:duration", ox.Literal(value.duration, datatype=term("xsd:duration")))
        else:
            yield from self._interval(time, value)

    def _interval(self, time: ox.NamedNode, value: Interval) -> Iterator[ox.Triple]:
        if value.first is not None:
            yield triple(time, "schema:startDate", date(value.first))
        if value.last is not None:
            yield triple(time, "schema:endDate", date(value.last))
        if value.first is not None or value.last is not None:
            yield triple(time, "ig:precision", ox.Literal(value.precision))
            yield triple(time, "ig:calendar", ox.Literal(value.calendar))
        if value.reason is not None:
            yield triple(time, "ig:reason", ox.Literal(value.reason))

    # ---- labels ----

    def _fact_label(self, fact: Fact) -> str:
        """Return "agents – kind: themes, values – other parties"; sectors stand in where no theme is known."""
        kind = schema.classes()[fact.type.value].label
        if fact.modality is not Modality.ACTUAL:
            kind += f" ({fact.modality.value.lower()})"
        values = [value.text for value in (fact.amount, *fact.quantities) if value is not None]
        themes = self._names(fact, RoleName.THEME) or fact.sectors
        matter = ", ".join([*themes, *values])
        parts = [
            ", ".join(self._names(fact, RoleName.AGENT)),
            f"{kind}: {matter}" if matter else kind,
            ", ".join(self._names(fact, RoleName.COUNTERPARTY, RoleName.BENEFICIARY)),
        ]
        return folded(" – ".join(part for part in parts if part))

    def _names(self, fact: Fact, *names: RoleName) -> list[str]:
        found = (self._name(role) for role in fact.roles if role.name in names)
        return list(dict.fromkeys(name for name in found if name))

    def _name(self, role: Role) -> str | None:
        if role.mention is None:
            return role.label
        thing = self._things.get(role.mention)
        if thing is not None:
            return thing.label
        return self._texts.get(role.mention) if role.name is RoleName.THEME else None
