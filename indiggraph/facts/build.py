"""Composes the facts of one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from spacy.tokens import Doc

from indiggraph.facts.binding import Draft, draft_facts, position_of
from indiggraph.facts.clues import clues_of, suits
from indiggraph.facts.confidence import load_confidence
from indiggraph.facts.continued import with_themes
from indiggraph.facts.cues import Cues, load_cues
from indiggraph.facts.directions import direction_around
from indiggraph.facts.elided import with_units
from indiggraph.facts.kinds import load_kinds
from indiggraph.facts.modality import is_beside, is_present, modality_of, told_by, wished_by
from indiggraph.facts.multiples import with_multiples
from indiggraph.facts.pairing import paired
from indiggraph.facts.passages import statements
from indiggraph.facts.reading import LIKELY, UNLIKELY, Reread, load_limits, second_reading
from indiggraph.facts.roles import roles_of
from indiggraph.facts.rows import partnered
from indiggraph.facts.sectors import Offer, SectorFinder, chosen, pooled
from indiggraph.facts.shares import ShareTracker
from indiggraph.facts.shifts import shift_of, shifted
from indiggraph.facts.signs import signs_of
from indiggraph.facts.standins import with_stand_ins
from indiggraph.facts.statements import Statement, statement_of
from indiggraph.facts.syntax import governors, heads_of
from indiggraph.facts.times import time_of
from indiggraph.facts.together import together
from indiggraph.facts.triggers import find_events, is_spoken
from indiggraph.facts.view import SentenceView, sentence_views
from indiggraph.facts.wholes import with_shares, with_sums
from indiggraph.facts.worth import is_bound, is_rest, is_worth_stating, tell_why_not
from indiggraph.frames import Frames
from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import (
    Direction,
    Document,
    Duration,
    Fact,
    FactType,
    Form,
    Interval,
    Mention,
    Modality,
    Money,
    Quantity,
    QuantityKind,
    Role,
    RoleName,
    Span,
    ThingType,
    Value,
)
from indiggraph.trace import SILENT, Trace

__all__ = ["find_facts"]

_PARTIES = frozenset({RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.BENEFICIARY})
_OBLIGED = frozenset({FactType.AGREEMENT, FactType.PRODUCTION, FactType.INVESTMENT, FactType.TRADE})
"""Acts that become orders under "must"."""
_ORDERED = {RoleName.AGENT: RoleName.COUNTERPARTY, RoleName.COUNTERPARTY: RoleName.BENEFICIARY}
"""What the sides of such an act are to the order."""
_OWN = "we"
_BUYING = frozenset({"buy", "purchase"})
_OWN_FIGURES = frozenset({FactType.PRODUCTION, FactType.TRADE})
"""Facts that companies tell of themselves ("*Norvik Steel* forecasts sales of $3 million")."""
_UNWEIGHED = Decimal(0)
"""The confidence of a draft: what its clues say is known when it is finished."""
_NO_JOBS = frozenset({"person", "people"})
"""Who may be anybody, at work or not."""
_MANNING = "employ"
_COSTING = "cost"
_TIMES = frozenset({"year", "month", "week", "day", "hour", "quarter", "annum", "head", "person", "capita", "job"})
_PRESENT = frozenset({"VBZ", "VBP"})
_STATING = frozenset({"nsubj", "obj", "nsubj:pass", "root", "ROOT", "acl", "conj", "parataxis"})
"""Places in a clause where a count says what there is."""
_LIKE = ("like the value before it", "a value without a trigger: money is spent, goods are made, works are there")


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a fact was made of: its draft, and the sentence, which states ``together`` facts; its possible sectors."""

    draft: Draft
    view: SentenceView
    together: int
    offer: Offer


def find_facts(
    document: Document,
    doc: Doc,
    mentions: Sequence[Mention],
    values: Sequence[Value],
    frames: Frames,
    lexicon: Lexicon,
    trace: Trace = SILENT,
) -> tuple[Fact, ...]:
    """Return the facts of a document in reading order; roles name mentions by id; ``trace`` hears why."""
    cues = load_cues()
    trace.begin(mentions)
    views = with_multiples(with_units(sentence_views(doc, mentions, values, trace), cues.figures), cues.figures)
    views = with_stand_ins(views, cues.sets)
    spoken = statements(views, cues)
    sectors = SectorFinder(document, doc, mentions, lexicon)
    tracker = ShareTracker(cues)
    facts: list[Fact] = []
    origins: dict[str, _Origin] = {}
    offers: dict[str, Offer] = {}
    for number, (view, said) in enumerate(zip(views, spoken, strict=True)):
        trace.sentence(view.span)
        if number == 0 and _is_headline(view, doc.text):
            trace.passed("sentence", "headline", "repeats what the text says below")
            continue
        here: list[tuple[Draft, Fact]] = []
        events = find_events(view.sentence, frames, view.names, trace)
        told = draft_facts(view, events, cues.speech.verbs, frames.classes["jobs"] - _NO_JOBS, cues.rests)
        drafts = shifted(together(told, view), view)
        for draft in drafts:
            fact, offer = _fact(document, draft, view, said, cues, sectors)
            trace.drafted(fact)
            fact = _aimed_at(fact, draft, frames, trace)
            if _numbers_a_party(draft, fact, view) and any(_tells_the_same(draft, other) for other in drafts):
                trace.dropped(fact, "its value only counts a party of another fact")
                continue
            continued = tracker.like(fact, number) if draft.event is None else None
            if not is_worth_stating(draft, fact, view, cues):
                tell_why_not(draft, fact, cues, trace)
                continue
            if draft.event is None and draft.gathering is None:
                if continued is None and fact.amount is None and not _is_stock(draft, fact, frames, view):
                    trace.dropped(fact, "a count in a circumstance, which no trigger governs")
                    continue
                fact = _like(fact, continued, frames)
                trace.changed(fact, "type", fact.type, _LIKE[continued is None])
            here.append((draft, fact))
            offers[fact.id] = offer
        stated = _without_echoes(here, view, trace)
        origins |= {fact.id: _Origin(draft, view, len(stated), offers[fact.id]) for draft, fact in stated}
        shared = with_shares(paired(stated, view), tracker, view, number)
        facts.extend(_with_partner(origins[fact.id], fact, facts, cues) for fact in shared)
    summed = with_sums(_unique(facts), {i: (origin.draft, origin.view) for i, origin in origins.items()})
    looked_at = tuple(_second_look(with_themes(summed, doc.text, trace), origins, frames, trace))
    read = second_reading(looked_at, views, trace)
    settled = [_in_sector(one, origins[one.fact.id], sectors, trace) for one in read]
    return tuple(_sure(fact, origins[fact.id], frames, trace) for fact in settled)


def _with_partner(origin: _Origin, fact: Fact, before: Sequence[Fact], cues: Cues) -> Fact:
    total = next((other for other in reversed(before) if other.id == fact.part_of), None)
    return partnered(origin.draft, fact, total, origin.view, cues)


def _without_echoes(here: Sequence[tuple[Draft, Fact]], view: SentenceView, trace: Trace) -> list[tuple[Draft, Fact]]:
    """Leave out facts without value of which another says all and more ("ventures and *work* with Halden firms")."""
    kept = []
    for draft, fact in here:
        if any(_echoes(fact, other) for _, other in here):
            trace.dropped(fact, "another fact of its type says all of it and more")
        elif _is_to_come(fact) and any(_spells_out(other, draft) for other, said in here if _is_so(said)):
            trace.dropped(fact, "what the rule will say is told")
        elif _refuses_a_sum(draft, fact, view):
            trace.dropped(fact, "what is refused is told with its sum")
        else:
            kept.append((draft, fact))
    return kept


def _echoes(fact: Fact, other: Fact) -> bool:
    if fact.amount is not None or fact.quantities or fact.type is not other.type:
        return False
    if fact.type is FactType.OCCURRENCE and fact.modality is not Modality.ACTUAL is other.modality:
        return _themes(fact) == _themes(other)  # "opened on Friday and will run through Monday"
    if fact.modality is not other.modality:
        return False
    if fact.time not in (None, other.time):
        return False
    said, more = ({(role.name, role.mention, role.label) for role in f.roles} for f in (fact, other))
    return said < more


def _is_to_come(fact: Fact) -> bool:
    """Whether a fact without value is of a rule that is not in force yet."""
    valued = fact.amount is not None or bool(fact.quantities)
    return fact.type is FactType.DIRECTIVE and fact.modality is not Modality.ACTUAL and not valued


def _refuses_a_sum(draft: Draft, fact: Fact, view: SentenceView) -> bool:
    """Whether a fact only says that a sum was refused ("sought £6 million, *a request the bank turned down*")."""
    if draft.event is None or not _is_to_come(fact) or _is_so(fact):
        return False
    roots = {root.i for root in view.value_roots.values()}
    return any(head.dep_ == "appos" and head.head.i in roots for head in heads_of(draft.event.token, "obj"))


def _is_so(fact: Fact) -> bool:
    """Whether a fact says what holds or will hold, not what is refused ("wants a ban, *which the mill opposes*")."""
    return fact.modality is not Modality.DENIED


def _spells_out(other: Draft, draft: Draft) -> bool:
    """Whether a draft stands in a clause on another's object: "is drafting a decree *under which mills must ...*"."""
    event = draft.event
    objects = set() if event is None else {head.i for head in heads_of(event.token, "obj")}
    return any(governor.dep_ == "acl:relcl" and governor.head.i in objects for governor in governors(other.anchor))


def _themes(fact: Fact) -> set[tuple[str | None, str | None]]:
    return {(role.mention, role.label) for role in fact.roles if role.name is RoleName.THEME}


def _tells_the_same(draft: Draft, other: Draft) -> bool:
    """Whether another draft is of the same event, or of the same type with a sum."""
    if other is draft or other.event is None or draft.event is None:
        return False
    return other.event is draft.event or (other.amount is not None and other.event.type is draft.event.type)


def _numbers_a_party(draft: Draft, fact: Fact, view: SentenceView) -> bool:
    """Whether the draft's only value counts one of its parties ("*four firms* ordered 160 buses")."""
    parties = {role.mention for role in fact.roles if role.name in _PARTIES}
    roots = [view.value_roots[quantity.span] for quantity in draft.quantities]
    numbered = [root.i in view.stand_ins or any(m.id in parties for m in view.mentions_at(root)) for root in roots]
    return draft.amount is None and bool(numbered) and all(numbered)


def _like(fact: Fact, continued: Fact | None, frames: Frames) -> Fact:
    """A value without trigger goes on with the values before it; a first one is money spent or goods there are."""
    if continued is not None and continued.type not in (FactType.OCCURRENCE, FactType.DIRECTIVE):
        same = fact.modality is Modality.ACTUAL and fact.evidence[0] == continued.evidence[0]
        modality = continued.modality if same else fact.modality
        return replace(fact, type=continued.type, modality=modality, direction=continued.direction)
    return fact if fact.amount is not None else _stock(fact, frames)


def _is_headline(view: SentenceView, text: str) -> bool:
    """A first line of its own without a full stop repeats what the text says below."""
    first_line = text[view.span.end :].lstrip(" \t").startswith("\n")
    return first_line and text[view.span.end - 1] not in '.!?"”’)' and bool(text[view.span.end :].strip())


def _fact(
    document: Document,
    draft: Draft,
    view: SentenceView,
    said: Sequence[Statement],
    cues: Cues,
    sectors: SectorFinder,
) -> tuple[Fact, Offer]:
    told = roles_of(draft, view, cues, said)
    ordered = _is_act_ordered(told, draft, view)
    roles = _obliging(told, draft, ordered, view.trace)
    statement = None if draft.gathering is not None else statement_of(position_of(draft, view), said)
    offer = sectors.offer_to(draft, view, roles)
    keys = sectors.sectors_of(offer, view.trace)
    time = time_of(draft, view, said)
    acted = _acted(roles, draft, statement, view)
    kind = _kind(draft, roles, view, cues)
    meant = Modality.ACTUAL if ordered else _modality(draft, view, cues)
    modality = _in_future(meant, draft, time, document.published, view.trace)
    for role in roles:
        if role not in acted:
            view.trace.passed(role.name, role.mention, "only speaks")
    said_by = list(_attribution(statement, acted, view.trace))
    fact = Fact(
        id=_fact_id(document, draft),
        document=document.id,
        type=kind,
        modality=modality,
        evidence=tuple(dict.fromkeys((view.span, *_told_before(roles, draft, view)))),
        rule=_rule(draft),
        confidence=_UNWEIGHED,
        trigger=_trigger(draft),
        roles=tuple(dict.fromkeys((*acted, *said_by, *_caller(draft, view, bool(said_by))))),
        sectors=keys,
        amount=draft.amount,
        quantities=_counts(draft, roles, view),
        time=time,
        stated_at=None if statement is None else statement.said_at,
        direction=_direction(draft, modality, view),
    )
    return fact, offer


def _told_before(roles: Sequence[Role], draft: Draft, view: SentenceView) -> list[Span]:
    """The sentences that name the parties and places for which a word stands, and those that tell units."""
    parties = {role.mention for role in roles if role.name in _PARTIES or role.name is RoleName.PLACE}
    stood_for = [mention for members in view.stand_ins.values() for mention in members if mention.id in parties]
    values = [value for value in (draft.amount, *draft.quantities) if value is not None]
    units = [view.units_told[value.span] for value in values if value.span in view.units_told]
    return [*(mention.sentence for mention in stood_for if not view.span.covers(mention.span)), *units]


def _obliging(roles: Sequence[Role], draft: Draft, ordered: bool, trace: Trace) -> Sequence[Role]:
    """Who is obliged by an order of an act, and whom it is for: "*mills* must buy from *growers*" helps the growers."""
    if draft.event is None or draft.event.type is FactType.DIRECTIVE or _type_of(draft) is not FactType.DIRECTIVE:
        return roles
    become = _ORDERED if ordered else {RoleName.COUNTERPARTY: RoleName.BENEFICIARY}
    for role in roles:
        if role.name in become:
            trace.taken(become[role.name], role.mention, "the {} of an act that is ordered", role.name)
    return [replace(role, name=become.get(role.name, role.name)) for role in roles]


def _is_act_ordered(roles: Sequence[Role], draft: Draft, view: SentenceView) -> bool:
    """Whether an act that "must" be done is ordered, not called for: nobody asks the state for it, or in own words."""
    if draft.event is None or draft.event.type not in _OBLIGED or not is_bound(draft.event.token):
        return False
    acting = {role.mention for role in roles if role.name is RoleName.AGENT}
    public = any(m.type is ThingType.GOVERNMENT_BODY or m.head == _OWN for m in view.mentions if m.id in acting)
    return not (public or is_spoken(draft.event.token))


def _counts(draft: Draft, roles: Sequence[Role], view: SentenceView) -> tuple[Quantity, ...]:
    """The draft's quantities without those that only number a party ("lent the three mills £2 million")."""
    if draft.amount is None:
        return draft.quantities
    parties = {role.mention for role in roles if role.name in _PARTIES}
    return tuple(
        quantity
        for quantity in draft.quantities
        if (root := view.value_roots[quantity.span]).i not in view.stand_ins
        and not any(m.id in parties for m in view.mentions_at(root))
    )


def _trigger(draft: Draft) -> Span:
    token = draft.anchor if draft.event is None else draft.event.token
    return Span(token.idx, token.idx + len(token.text))


def _rule(draft: Draft) -> str:
    if draft.event is not None:
        return draft.event.rule
    return "gathering" if draft.gathering is not None else "value"


def _modality(draft: Draft, view: SentenceView, cues: Cues) -> Modality:
    """How a fact is meant; a level of before, and a figure to compare with, are so whatever is to come."""
    meant = _meant_by(draft, view, cues)
    compared = draft.earlier or is_beside(position_of(draft, view), cues.meant)
    if compared and meant in (Modality.PLANNED, Modality.EXPECTED):
        view.trace.taken("modality", Modality.ACTUAL, "“{}” is what another figure is compared with", draft.anchor)
        return Modality.ACTUAL
    return meant


def _meant_by(draft: Draft, view: SentenceView, cues: Cues) -> Modality:
    event, value = draft.clause or draft.event, position_of(draft, view)
    called_for = _type_of(draft) is FactType.DIRECTIVE  # "cut the fee, now at $4": the fee is so, the cut is not
    if value.i != draft.anchor.i and not called_for and is_present(value, cues.meant):
        view.trace.taken("modality", Modality.ACTUAL, "“{}” is told as what is so now", value)
        return Modality.ACTUAL
    if event is None or (draft.clause is None and draft.anchor.i != event.token.i):
        return modality_of(draft.anchor, _type_of(draft), cues.meant, trace=view.trace)
    told = told_by(event.token, value, cues.meant)
    if told.i != event.token.i and (wished := wished_by(told, value, cues.meant)) is not None:
        view.trace.taken("modality", wished, "by “{}” beside it", told)
        return wished
    return modality_of(told, event.type, cues.meant, event.trigger.modality, view.trace)


def _aimed_at(fact: Fact, draft: Draft, frames: Frames, trace: Trace) -> Fact:
    """Tell a figure that is aimed at as to come: "set an *export target* of $2 billion"; a part of one may be met."""
    event = draft.event
    if event is None or event.token.dep_ != "compound" or fact.modality not in (Modality.ACTUAL, Modality.PLANNED):
        return fact
    rates = any(quantity.kind is QuantityKind.PERCENT for quantity in fact.quantities)
    if rates or event.token.head.lemma_.lower() not in frames.classes["aim"]:
        return fact
    trace.changed(fact, "modality", Modality.EXPECTED, "“{}” is not reached yet", event.token.head)
    return replace(fact, modality=Modality.EXPECTED)


def _in_future(
    modality: Modality, draft: Draft, time: Interval | Duration | None, published: date | None, trace: Trace
) -> Modality:
    """What is told in the present of a day after the text's is to come: "delivery begins in August"."""
    if modality is not Modality.ACTUAL or published is None or not isinstance(time, Interval) or time.first is None:
        return modality
    verb = next((g for g in governors(draft.anchor) if g.pos_ in ("VERB", "AUX")), draft.anchor)
    words = sorted((verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop")))), key=lambda t: t.i)
    if time.first <= published or words[0].tag_ not in _PRESENT or words[0].lemma_.lower() == "have":
        return modality
    trace.taken("modality", Modality.PLANNED, "“{}” is told of a day to come", verb)
    return Modality.EXPECTED if _type_of(draft) in (FactType.CHANGE, FactType.SAVING) else Modality.PLANNED


def _type_of(draft: Draft) -> FactType:
    """A value without a trigger: a sum is money put somewhere, a quantity is goods made."""
    if draft.gathering is not None:
        return FactType.OCCURRENCE
    if draft.event is not None:
        bound = draft.event.type in _OBLIGED and is_bound(draft.event.token)
        return FactType.DIRECTIVE if bound else draft.event.type
    return FactType.INVESTMENT if draft.amount is not None else FactType.PRODUCTION


def _kind(draft: Draft, roles: Sequence[Role], view: SentenceView, cues: Cues) -> FactType:
    """The type of a draft's fact: what a country buys is trade; a rest that comes from somebody is money."""
    kind = _type_of(draft)
    if draft.event is None:
        return kind
    if kind is FactType.AGREEMENT and draft.event.token.lemma_.lower() in _BUYING and draft.event.token.pos_ == "VERB":
        tops = {m.id: m.type.top for m in view.mentions}
        parties = [tops.get(role.mention) for role in roles if role.mention is not None and role.name in _PARTIES]
        return FactType.TRADE if parties and set(parties) == {ThingType.PLACE} else kind
    if kind is FactType.INVESTMENT and draft.event.token.lemma_.lower() == _COSTING and _is_price(draft.amount):
        return FactType.TRADE
    return FactType.INVESTMENT if kind is FactType.PRODUCTION and is_rest(draft.event, cues) else kind


def _is_price(amount: Money | None) -> bool:
    """Whether a sum is told for a measure of goods: "cement costs *$70 a ton*"."""
    return amount is not None and amount.per is not None and amount.per.lower() not in _TIMES


def _acted(roles: Sequence[Role], draft: Draft, statement: Statement | None, view: SentenceView) -> list[Role]:
    """Roles without an agent who only speaks: "X put the payment at 5 percent" does not say that X pays.

    A company that tells of sales or output tells of its own.
    """
    if statement is None or statement.verb is None or draft.event is None or draft.event.token.pos_ == "VERB":
        return list(roles)
    subjects = set(statement.speakers)
    if draft.event.type in _OWN_FIGURES:
        subjects -= {mention.id for mention in view.mentions if mention.type is ThingType.COMPANY}
    return [role for role in roles if role.name is not RoleName.AGENT or role.mention not in subjects]


def _attribution(statement: Statement | None, roles: Sequence[Role], trace: Trace) -> Iterator[Role]:
    """Who says so; who does what the sentence says ("X pledged to ...") need not be said to state it."""
    agents = {role.mention for role in roles if role.name is RoleName.AGENT}
    if statement is not None:
        bound = [speaker for speaker in statement.speakers if statement.binds and speaker in agents]
        for speaker in bound:
            trace.passed(RoleName.STATED_BY, speaker, "undertakes what it says")
        said_by = [Role(RoleName.STATED_BY, speaker) for speaker in statement.speakers if speaker not in bound]
        for role in (*said_by, *(Role(RoleName.REPORTED_BY, carrier) for carrier in statement.carriers)):
            trace.taken(role.name, role.mention, statement.how, statement.verb)
            yield role
        if statement.said_at is not None:
            trace.taken("statedAt", statement.said_at.text, "hangs on “{}”", statement.verb)


def _caller(draft: Draft, view: SentenceView, said: bool) -> Iterator[Role]:
    """Who calls for an act says so: "X urged banks to lend more"; "we" speak by who is said to."""
    event = draft.event
    calls = event is not None and event.type is FactType.DIRECTIVE and event.trigger.part_of_speech != "aux"
    if event is not None and calls and event.trigger.modality is Modality.PROPOSED:
        for head in heads_of(event.token, "subj"):
            mention = view.mention_at(
                head, (ThingType.PERSON, ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)
            )
            if mention is not None and (mention.form is not Form.PRONOUN or mention.head != _OWN or not said):
                view.trace.taken(RoleName.STATED_BY, mention.text, "calls for it by “{}”", event.token)
                yield Role(RoleName.STATED_BY, mention.id)


def _direction(draft: Draft, modality: Modality, view: SentenceView) -> Direction | None:
    """Which way a change goes; who *will* employ 40 people hires them, who employs them now tells a level."""
    event = draft.event
    if event is None or event.type is not FactType.CHANGE:
        return None
    manned = event.token.lemma_.lower() == _MANNING and modality in (Modality.PLANNED, Modality.EXPECTED)
    told = Direction.INCREASE if manned else event.trigger.direction
    return told or shift_of(draft.quantities, draft.amount, view)


def _is_stock(draft: Draft, fact: Fact, frames: Frames, view: SentenceView) -> bool:
    """Whether a count that no trigger governs says what there is: plants, measures, jobs, a subject, an object.

    A count in a circumstance ("in 6 towns") does not.
    """
    if view.mention_at(draft.anchor, (ThingType.GROUP,)) is not None:
        return False
    counted = frames.classes["works"] | frames.classes["jobs"]
    if any(q.unit_code is not None or _unit(q) in counted for q in fact.quantities):
        return True
    return _is_divided(draft, view) or draft.anchor.dep_ in _STATING


def _is_divided(draft: Draft, view: SentenceView) -> bool:
    """ "*Of 530 files*, 198 led to payment", "five of *the 16 pits*": a count that another one divides."""
    root = draft.anchor
    units = [_unit(v) for v in view.values if isinstance(v, Quantity) and v.kind is QuantityKind.QUANTITY]
    fronted = root.left_edge.lower_ == "of" and not any(t.is_alpha for t in view.sentence if t.i < root.left_edge.i)
    of = any(child.lower_ == "of" for child in root.children if child.dep_ == "case")
    fronted = fronted or (of and root.head in view.value_roots.values())
    return fronted and any(units.count(_unit(quantity)) > 1 for quantity in draft.quantities)


def _unit(quantity: Quantity) -> str:
    """The last word of a unit in the singular ("power stations" -> station)."""
    return singular((quantity.unit or "").lower().rpartition(" ")[2])


def _stock(fact: Fact, frames: Frames) -> Fact:
    """A count that no trigger governs ("the province has 300 mines"): plants and projects exist, goods are made."""
    units = {_unit(quantity) for quantity in fact.quantities}
    if units & frames.classes["works"]:
        return replace(fact, type=FactType.ESTABLISHMENT)
    return replace(fact, type=FactType.CHANGE if units & frames.classes["jobs"] - _NO_JOBS else FactType.PRODUCTION)


def _in_sector(read: Reread, origin: _Origin, sectors: SectorFinder, trace: Trace) -> Fact:
    """Give a fact the sector that it likely has by all that is known, with the sentence that tells it."""
    fact, keys = read.fact, read.fact.sectors
    if read.sectors and not sectors.is_named(origin.offer):
        shares = pooled(origin.offer.shares, read.sectors, load_limits().pool)
        keys = chosen(shares, origin.offer.rows)
        for key in (key for key in fact.sectors if key not in keys):
            trace.withdrawn(fact, "sector", key, UNLIKELY, f"{shares[key]:.2f}")
        for key in (key for key in keys if key not in fact.sectors):
            trace.changed(fact, "sector", key, LIKELY, f"{shares[key]:.2f}")
    evidence = dict.fromkeys((*fact.evidence, *sectors.told_at(keys, origin.view)))
    return replace(fact, sectors=keys, evidence=tuple(evidence))


def _sure(fact: Fact, origin: _Origin, frames: Frames, trace: Trace) -> Fact:
    """Give a finished fact its confidence."""
    clues = clues_of(fact, origin.draft, origin.view, frames, origin.together)
    trace.weighed(fact, clues)
    confidence = load_confidence()
    score = confidence.of(clues)
    trace.changed(fact, "confidence", score, confidence.why(clues))
    return replace(fact, confidence=score)


def _second_look(facts: Sequence[Fact], origins: Mapping[str, _Origin], frames: Frames, trace: Trace) -> Iterator[Fact]:
    """Give facts the types that all signs speak for; a share goes with its whole if they were of one type."""
    before = {fact.id: fact.type for fact in facts}
    seen = {fact.id: _retyped(fact, origins[fact.id], frames, trace) for fact in facts}
    for fact in seen.values():
        whole = seen.get(fact.part_of or "")
        if whole is None or whole.type is before[whole.id] or fact.type is not before[whole.id]:
            yield fact
        else:
            trace.changed(fact, "type", whole.type, "like its whole")
            yield replace(fact, type=whole.type, direction=None)


def _retyped(fact: Fact, origin: _Origin, frames: Frames, trace: Trace) -> Fact:
    """What took its type from another fact, as a share of it or a value beside it, keeps it if its value suits it."""
    took = fact.part_of is not None or (origin.draft.event is None and fact.type is not _type_of(origin.draft))
    if took and suits(fact, origin.view, frames):
        return fact
    if _is_ordered(fact, origin.draft):
        return fact
    signs = signs_of(fact, origin.draft, origin.view, frames, origin.together)
    trace.signed(fact, signs)
    kinds = load_kinds()
    kind = kinds.of(fact.type, signs)
    if kind is fact.type:
        return fact
    trace.changed(fact, "type", kind, "likelier than {} by {}", fact.type, kinds.why(fact.type, kind, signs))
    change = kind is FactType.CHANGE
    direction = direction_around(fact, origin.draft, origin.view, frames) if change else None
    return replace(fact, type=kind, direction=direction)


def _is_ordered(fact: Fact, draft: Draft) -> bool:
    """Whether a word of order stands with all that it needs ("was *told to keep* 500 tons"): an order whatever of."""
    event = draft.event
    return fact.type is FactType.DIRECTIVE and event is not None and bool(event.trigger.needs)


def _fact_id(document: Document, draft: Draft) -> str:
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    parts = [document.id, _type_of(draft), str(draft.anchor.idx), *(f"{v.span.start}-{v.span.end}" for v in values)]
    parts += [] if draft.rest is None else [str(draft.rest.idx)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _unique(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())
