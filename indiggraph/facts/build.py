"""Composes the facts of one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from spacy.tokens import Doc

from indiggraph.facts.binding import Draft, draft_facts, position_of
from indiggraph.facts.continued import with_themes
from indiggraph.facts.cues import Cues, load_cues
from indiggraph.facts.echoes import numbers_a_party, tells_the_same, without_echoes
from indiggraph.facts.elided import with_units
from indiggraph.facts.looks import Origin, in_sector, retyped, sure
from indiggraph.facts.modality import is_beside, is_present, modality_of, told_by, wished_by
from indiggraph.facts.multiples import with_multiples
from indiggraph.facts.pairing import paired
from indiggraph.facts.passages import statements
from indiggraph.facts.reading import second_reading
from indiggraph.facts.roles import roles_of
from indiggraph.facts.rows import partnered
from indiggraph.facts.sectors import Offer, SectorFinder
from indiggraph.facts.shares import ShareTracker
from indiggraph.facts.shifts import shift_of, shifted
from indiggraph.facts.standins import with_stand_ins
from indiggraph.facts.statements import Statement, statement_of
from indiggraph.facts.syntax import governors, heads_of
from indiggraph.facts.times import time_of
from indiggraph.facts.together import together
from indiggraph.facts.triggers import find_events, is_spoken
from indiggraph.facts.types import OBLIGED, kind_of, type_of
from indiggraph.facts.view import SentenceView, sentence_views
from indiggraph.facts.wholes import with_shares, with_sums
from indiggraph.facts.worth import is_bound, is_worth_stating, tell_why_not
from indiggraph.frames import Frames
from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import (
    PARTIES,
    Direction,
    Document,
    Duration,
    Fact,
    FactType,
    Form,
    Interval,
    Mention,
    Modality,
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

_ORDERED = {RoleName.AGENT: RoleName.COUNTERPARTY, RoleName.COUNTERPARTY: RoleName.BENEFICIARY}
"""What the sides of such an act are to the order."""
_OWN = "we"
_OWN_FIGURES = frozenset({FactType.PRODUCTION, FactType.TRADE})
"""Facts that companies tell of themselves ("*Norvik Steel* forecasts sales of $3 million")."""
_UNWEIGHED = Decimal(0)
"""The confidence of a draft: what its clues say is known when it is finished."""
_NO_JOBS = frozenset({"person", "people"})
"""Who may be anybody, at work or not."""
_MANNING = "employ"
_PRESENT = frozenset({"VBZ", "VBP"})
_STATING = frozenset({"nsubj", "obj", "nsubj:pass", "root", "ROOT", "acl", "conj", "parataxis"})
"""Places in a clause where a count says what there is."""
_LIKE = ("like the value before it", "a value without a trigger: money is spent, goods are made, works are there")


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
    origins: dict[str, Origin] = {}
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
            if numbers_a_party(draft, fact, view) and any(tells_the_same(draft, other) for other in drafts):
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
        stated = without_echoes(here, view, trace)
        origins |= {fact.id: Origin(draft, view, len(stated), offers[fact.id]) for draft, fact in stated}
        shared = with_shares(paired(stated, view), tracker, view, number)
        facts.extend(_with_partner(origins[fact.id], fact, facts, cues) for fact in shared)
    summed = with_sums(_unique(facts), {i: (origin.draft, origin.view) for i, origin in origins.items()})
    looked_at = tuple(retyped(with_themes(summed, doc.text, trace), origins, frames, trace))
    read = second_reading(looked_at, views, sectors.tellers, trace)
    settled = [in_sector(one, origins[one.fact.id], sectors, trace) for one in read]
    return tuple(sure(fact, origins[fact.id], frames, trace) for fact in settled)


def _with_partner(origin: Origin, fact: Fact, before: Sequence[Fact], cues: Cues) -> Fact:
    total = next((other for other in reversed(before) if other.id == fact.part_of), None)
    return partnered(origin.draft, fact, total, origin.view, cues)


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
    kind = kind_of(draft, roles, view, cues)
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
    parties = {role.mention for role in roles if role.name in PARTIES or role.name is RoleName.PLACE}
    stood_for = [mention for members in view.stand_ins.values() for mention in members if mention.id in parties]
    values = [value for value in (draft.amount, *draft.quantities) if value is not None]
    units = [view.units_told[value.span] for value in values if value.span in view.units_told]
    return [*(mention.sentence for mention in stood_for if not view.span.covers(mention.span)), *units]


def _obliging(roles: Sequence[Role], draft: Draft, ordered: bool, trace: Trace) -> Sequence[Role]:
    """Who is obliged by an order of an act, and whom it is for: "*mills* must buy from *growers*" helps the growers."""
    if draft.event is None or draft.event.type is FactType.DIRECTIVE or type_of(draft) is not FactType.DIRECTIVE:
        return roles
    become = _ORDERED if ordered else {RoleName.COUNTERPARTY: RoleName.BENEFICIARY}
    for role in roles:
        if role.name in become:
            trace.taken(become[role.name], role.mention, "the {} of an act that is ordered", role.name)
    return [replace(role, name=become.get(role.name, role.name)) for role in roles]


def _is_act_ordered(roles: Sequence[Role], draft: Draft, view: SentenceView) -> bool:
    """Whether an act that "must" be done is ordered, not called for: nobody asks the state for it, or in own words."""
    if draft.event is None or draft.event.type not in OBLIGED or not is_bound(draft.event.token):
        return False
    acting = {role.mention for role in roles if role.name is RoleName.AGENT}
    public = any(m.type is ThingType.GOVERNMENT_BODY or m.head == _OWN for m in view.mentions if m.id in acting)
    return not (public or is_spoken(draft.event.token))


def _counts(draft: Draft, roles: Sequence[Role], view: SentenceView) -> tuple[Quantity, ...]:
    """The draft's quantities without those that only number a party ("lent the three mills £2 million")."""
    if draft.amount is None:
        return draft.quantities
    parties = {role.mention for role in roles if role.name in PARTIES}
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
    called_for = type_of(draft) is FactType.DIRECTIVE  # "cut the fee, now at $4": the fee is so, the cut is not
    if value.i != draft.anchor.i and not called_for and is_present(value, cues.meant):
        view.trace.taken("modality", Modality.ACTUAL, "“{}” is told as what is so now", value)
        return Modality.ACTUAL
    if event is None or (draft.clause is None and draft.anchor.i != event.token.i):
        return modality_of(draft.anchor, type_of(draft), cues.meant, trace=view.trace)
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
    return Modality.EXPECTED if type_of(draft) in (FactType.CHANGE, FactType.SAVING) else Modality.PLANNED


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


def _fact_id(document: Document, draft: Draft) -> str:
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    parts = [document.id, type_of(draft), str(draft.anchor.idx), *(f"{v.span.start}-{v.span.end}" for v in values)]
    parts += [] if draft.rest is None else [str(draft.rest.idx)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _unique(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())
