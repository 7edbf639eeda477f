"""Builders of model objects for tests: words of a text become spans, ids are made of content.

``example()`` is a small corpus of two made-up articles in which every slot of the vocabulary is used.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indiggraph.model import (
    Bound,
    Direction,
    Document,
    Duration,
    Extraction,
    Fact,
    FactType,
    Form,
    Interval,
    Judgement,
    Mention,
    Modality,
    Money,
    Quantity,
    QuantityKind,
    Role,
    RoleName,
    Span,
    Tenure,
    Thing,
    ThingType,
    Verdict,
)

Participants = Mapping[RoleName, Sequence[Mention | str]]


def digest(*parts: object) -> str:
    """Return a short id made of the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def document(text: str, ident: str = "doc", **known: object) -> Document:
    """Return a document; ``known`` are further fields (title, url, publisher, published, licence)."""
    return Document(id=ident, text=text, source=f"{ident}.txt", **known)  # type: ignore[arg-type]


def span(doc: Document, words: str, nth: int = 0) -> Span:
    """Return the span of the words' ``nth`` (from 0) place in the text; the words must be there."""
    start = -1
    for _ in range(nth + 1):
        start = doc.text.index(words, start + 1)
    return Span(start, start + len(words))


def sentence(doc: Document, inner: Span) -> Span:
    """Return the span of the sentence around a span: up to a full stop before white space, or a line's end."""
    start = max(doc.text.rfind(mark, 0, inner.start) + 1 for mark in (". ", "\n"))
    ends = [doc.text.find(mark, inner.end) for mark in (". ", ".\n", "\n")]
    end = min((place + 1 for place in ends if place >= 0), default=len(doc.text))
    found = doc.text[start:end]
    return Span(start + len(found) - len(found.lstrip()), start + len(found.rstrip()))


def mention(
    doc: Document,
    words: str,
    kind: ThingType,
    *,
    form: Form = Form.NAME,
    nth: int = 0,
    name: str | None = None,
    **known: object,
) -> Mention:
    """Return a mention at the words; ``known`` are further fields (key, subject, plural, country, ...)."""
    place = span(doc, words, nth)
    return Mention(
        id=digest("mention", doc.id, place, kind),
        document=doc.id,
        span=place,
        sentence=sentence(doc, place),
        type=kind,
        form=form,
        text=words,
        name=name or words,
        head=words.split()[-1].lower(),
        rule="test",
        **known,  # type: ignore[arg-type]
    )


def money(doc: Document, words: str, value: str | None, currency: str, **known: object) -> Money:
    """Return a sum; ``known`` are further fields (minimum, maximum, bound, per, equivalents)."""
    amount = None if value is None else Decimal(value)
    return Money(span(doc, words), words, currency, amount, **known)  # type: ignore[arg-type]


def quantity(doc: Document, words: str, value: str | None, unit: str | None, **known: object) -> Quantity:
    """Return a quantity; a unit of "%" makes it a percentage."""
    kind = QuantityKind.PERCENT if unit == "%" else QuantityKind.QUANTITY
    number = None if value is None else Decimal(value)
    return Quantity(span(doc, words), words, kind, number, unit=unit, **known)  # type: ignore[arg-type]


def interval(
    doc: Document, words: str, first: str | None, last: str | None, precision: str = "day", reason: str | None = None
) -> Interval:
    """Return days from first to last, given in ISO 8601."""
    days = [None if day is None else dt.date.fromisoformat(day) for day in (first, last)]
    return Interval(span(doc, words), words, days[0], days[1], precision, reason=reason)


def duration(doc: Document, words: str, length: str) -> Duration:
    """Return a duration, given as ``xsd:duration``."""
    return Duration(span(doc, words), words, length)


def fact(
    doc: Document,
    kind: FactType,
    trigger: str,
    roles: Participants | None = None,
    *,
    modality: Modality = Modality.ACTUAL,
    confidence: str = "0.9",
    nth: int = 0,
    **known: object,
) -> Fact:
    """Return a fact shown by the sentence of its trigger; ``known`` are further fields (amount, time, ...)."""
    place = span(doc, trigger, nth)
    return Fact(
        id=digest("fact", doc.id, place, kind, sorted(map(str, known.items()))),
        document=doc.id,
        type=kind,
        modality=modality,
        evidence=(sentence(doc, place),),
        rule=f"{kind.value.lower()}/test",
        confidence=Decimal(confidence),
        trigger=place,
        roles=tuple(_role(doc, name, who) for name, whole in (roles or {}).items() for who in whole),
        **known,  # type: ignore[arg-type]
    )


def _role(doc: Document, name: RoleName, who: Mention | str) -> Role:
    return Role(name, label=who, span=span(doc, who)) if isinstance(who, str) else Role(name, mention=who.id)


def tenure(doc: Document, person: Mention, post: str, body: Mention | None = None, **known: object) -> Tenure:
    """Return a tenure shown by the sentence of the post; ``known`` are further fields (former, time)."""
    place = span(doc, post)
    return Tenure(
        id=digest("tenure", doc.id, person.id, place),
        document=doc.id,
        person=person.id,
        post=post,
        evidence=(sentence(doc, place),),
        rule="tenure/test",
        confidence=Decimal("0.8"),
        organization=None if body is None else body.id,
        **known,  # type: ignore[arg-type]
    )


def thing(slug: str, label: str, mentions: Iterable[Mention], **known: object) -> Thing:
    """Return a thing of these mentions, of the first one's class; ``known`` are further fields (merged, same_as)."""
    members = tuple(mentions)
    fields: dict[str, object] = {"type": members[0].type, "key": members[0].key, **known}
    return Thing(
        slug=slug,
        label=label,
        names=tuple(sorted({member.name for member in members if member.form is not Form.PRONOUN})),
        mentions=tuple(member.id for member in members),
        **fields,  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class FixedLinker:
    """A linker with given things."""

    things: tuple[Thing, ...]
    judgements: tuple[Judgement, ...] = ()

    def thing_of(self, mention_id: str) -> Thing | None:
        """Return the thing that holds the mention."""
        return next((item for item in self.things if mention_id in item.mentions), None)


def extraction(
    doc: Document, mentions: Iterable[Mention], facts: Iterable[Fact] = (), tenures: Iterable[Tenure] = ()
) -> Extraction:
    """Return all that a document says."""
    return Extraction(doc, tuple(mentions), tuple(facts), tuple(tenures))


_FIRST = (
    "NDH has concluded deals of over €130 million with domestic turbine makers, said Ada Quillfeather, "
    "the managing director of Norland Development Holding (NDH).\n\n"
    "Of this amount, €70 million is the share of the steel industry and €24 million is the share of the copper "
    "industry, she told Norland News Agency.\n\n"
    "The Ministry of Industry plans to set up 12 desks by March 2031 under the Homegrown Parts Plan, industry minister "
    'Tomas "Tom" Birkensen said in October 2029. Car output rose by 14.5 percent in 2029.\n\n'
    "The ministry will invest 65 trillion rials (some $710 million) in Port Elster within two years to support "
    "small foundries.\n"
)
_SECOND = (
    "Former industry minister Tomas Birkensen called for a ban on imported pumps.\n\n"
    "The ministry saved between $1.2 and $1.4 billion in the oil and gas sectors, it said. "
    "The Elster Pump Fair was held in Port Elster on "
    "3 May 2030. Norland exported 340 tons of pumps at 2,000 euros a ton.\n"
    "The holding denied that it cooperates with foreign firms.\n"
)


def example() -> tuple[tuple[Extraction, ...], FixedLinker]:
    """Return two made-up articles as extractions, with the linker that ties them."""
    first, second = _first(), _second()
    return (first, second), FixedLinker(
        (
            _thing_of((first, second), "norland-development-holding", "Norland Development Holding", "NDH", "holding"),
            _thing_of((first, second), "ministry-of-industry", "Ministry of Industry", "ministry", "it"),
            _thing_of((first,), "norland-news-agency", "Norland News Agency"),
            _thing_of((first,), "ada-quillfeather", "Ada Quillfeather", "she"),
            _thing_of(
                (first, second),
                "tomas-birkensen",
                "Tomas Birkensen",
                'Tomas "Tom" Birkensen',
                merged=("tomas-tom-birkensen",),
                same_as="https://example.org/people/1",
            ),
            _thing_of((first,), "domestic-turbine-makers", "domestic turbine makers"),
            _thing_of((first,), "small-foundries", "small foundries"),
            _thing_of((first,), "homegrown-parts-plan", "Homegrown Parts Plan"),
            _thing_of((first,), "steel", "steel industry"),
            _thing_of((first, second), "port-elster", "Port Elster"),
            _thing_of((second,), "norland", "Norland"),
            _thing_of((second,), "elster-pump-fair", "Elster Pump Fair"),
            _thing_of((second,), "pump", "pumps"),
            _thing_of((second,), "foreign-firms", "foreign firms"),
        ),
        (Judgement("tomas-birkensen", "tomas-tom-birkensen", Verdict.SAME, Decimal("0.97"), ("same surname",)),),
    )


def _thing_of(sources: Iterable[Extraction], slug: str, label: str, *others: str, **known: object) -> Thing:
    names = {label, *others}
    members = [item for source in sources for item in source.mentions if item.text in names or item.name in names]
    return thing(slug, label, members, **known)


def _first() -> Extraction:
    doc = document(
        _FIRST,
        "norland-1",
        title="Holding signs contracts",
        url="https://news.example/1?a=b&c=d",
        publisher="Norland Herald",
        published=dt.date(2029, 11, 3),
        licence="CC BY 4.0",
    )
    ndh = mention(doc, "NDH", ThingType.COMPANY, name="NDH", subject=True)
    holding = mention(doc, "Norland Development Holding", ThingType.COMPANY)
    makers = mention(doc, "domestic turbine makers", ThingType.GROUP, form=Form.NOMINAL, plural=True)
    ada = mention(doc, "Ada Quillfeather", ThingType.PERSON)
    she = mention(doc, "she", ThingType.PERSON, form=Form.PRONOUN)
    agency = mention(doc, "Norland News Agency", ThingType.NEWS_AGENCY)
    steel = mention(doc, "steel industry", ThingType.SECTOR, key="steel")
    ministry = mention(doc, "Ministry of Industry", ThingType.GOVERNMENT_BODY)
    again = mention(doc, "The ministry", ThingType.GOVERNMENT_BODY, form=Form.NOMINAL, name="ministry")
    tom = mention(doc, 'Tomas "Tom" Birkensen', ThingType.PERSON)
    plan = mention(doc, "Homegrown Parts Plan", ThingType.PROGRAM)
    port = mention(doc, "Port Elster", ThingType.PLACE)
    foundries = mention(doc, "small foundries", ThingType.GROUP, form=Form.NOMINAL, plural=True)
    said = {RoleName.STATED_BY: [ada]}
    deal = fact(
        doc,
        FactType.AGREEMENT,
        "concluded deals",
        {RoleName.AGENT: [ndh], RoleName.COUNTERPARTY: [makers], RoleName.THEME: ["turbine"], **said},
        amount=money(doc, "over €130 million", "130000000", "EUR", bound=Bound.LOWER),
        sectors=("machinery",),
    )
    told: Participants = {RoleName.STATED_BY: [she], RoleName.REPORTED_BY: [agency]}
    shares = [
        fact(doc, FactType.AGREEMENT, "share", told, nth=nth, amount=sum_, sectors=(key,), part_of=deal.id)
        for nth, key, sum_ in (
            (0, "steel", money(doc, "€70 million", "70000000", "EUR")),
            (1, "copper", money(doc, "€24 million", "24000000", "EUR")),
        )
    ]
    desks = fact(
        doc,
        FactType.ESTABLISHMENT,
        "set up",
        {RoleName.AGENT: [ministry], RoleName.PROGRAM: [plan], RoleName.STATED_BY: [tom]},
        modality=Modality.PLANNED,
        quantities=(quantity(doc, "12 desks", "12", "desks"),),
        time=interval(doc, "by March 2031", None, "2031-03-31", "month"),
        stated_at=interval(doc, "in October 2029", "2029-10-01", "2029-10-31", "month"),
    )
    output = fact(
        doc,
        FactType.CHANGE,
        "rose",
        {RoleName.THEME: ["Car output"]},
        sectors=("automotive",),
        quantities=(quantity(doc, "14.5 percent", "14.5", "%"),),
        time=interval(doc, "in 2029", "2029-01-01", "2029-12-31", "year", "the year of the test"),
        direction=Direction.INCREASE,
    )
    dollars = money(doc, "some $710 million", "710000000", "USD", bound=Bound.ABOUT)
    port_fact = fact(
        doc,
        FactType.INVESTMENT,
        "invest",
        {RoleName.AGENT: [again], RoleName.PLACE: [port], RoleName.BENEFICIARY: [foundries]},
        modality=Modality.PLANNED,
        amount=money(doc, "65 trillion rials", "65000000000000", "IRR", equivalents=(dollars,)),
        time=duration(doc, "within two years", "P2Y"),
    )
    return extraction(
        doc,
        (ndh, holding, makers, ada, she, agency, steel, ministry, again, tom, plan, port, foundries),
        (deal, *shares, desks, output, port_fact),
        (tenure(doc, ada, "managing director", holding), tenure(doc, tom, "industry minister", ministry)),
    )


def _second() -> Extraction:
    doc = document(_SECOND, "norland 2/ü")
    tom = mention(doc, "Tomas Birkensen", ThingType.PERSON)
    ministry = mention(doc, "The ministry", ThingType.GOVERNMENT_BODY, form=Form.NOMINAL, name="ministry")
    it = mention(doc, "it", ThingType.GOVERNMENT_BODY, form=Form.PRONOUN)
    fair = mention(doc, "Elster Pump Fair", ThingType.GATHERING)
    port = mention(doc, "Port Elster", ThingType.PLACE)
    norland = mention(doc, "Norland", ThingType.PLACE, subject=True)
    pumps = mention(doc, "pumps", ThingType.PRODUCT, nth=1, form=Form.NOMINAL)
    holding = mention(doc, "The holding", ThingType.COMPANY, form=Form.NOMINAL, name="holding")
    firms = mention(doc, "foreign firms", ThingType.GROUP, form=Form.NOMINAL)
    billions = money(
        doc,
        "between $1.2 and $1.4 billion",
        None,
        "USD",
        minimum=Decimal("1.2E+9"),
        maximum=Decimal("1.4E+9"),
    )
    facts = (
        fact(
            doc,
            FactType.DIRECTIVE,
            "called for a ban",
            {RoleName.STATED_BY: [tom], RoleName.THEME: ["imported pumps"]},
            modality=Modality.PROPOSED,
        ),
        fact(
            doc,
            FactType.SAVING,
            "saved",
            {RoleName.AGENT: [ministry], RoleName.STATED_BY: [it]},
            amount=billions,
            sectors=("oil", "gas"),
        ),
        fact(
            doc,
            FactType.OCCURRENCE,
            "was held",
            {RoleName.THEME: [fair], RoleName.PLACE: [port]},
            time=interval(doc, "on 3 May 2030", "2030-05-03", "2030-05-03"),
        ),
        fact(
            doc,
            FactType.TRADE,
            "exported",
            {RoleName.AGENT: [norland], RoleName.THEME: [pumps]},
            quantities=(quantity(doc, "340 tons", "340", "tons", unit_code="t"),),
            amount=money(doc, "2,000 euros a ton", "2000", "EUR", per="ton"),
        ),
        fact(
            doc,
            FactType.COOPERATION,
            "cooperates",
            {RoleName.AGENT: [holding], RoleName.COUNTERPARTY: [firms], RoleName.STATED_BY: [holding]},
            modality=Modality.DENIED,
        ),
    )
    mentions = (tom, ministry, it, fair, port, norland, pumps, holding, firms)
    return extraction(doc, mentions, facts, (tenure(doc, tom, "industry minister", former=True),))
