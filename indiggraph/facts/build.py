"""Composes the facts of one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from spacy.tokens import Doc, Token

from indiggraph.facts.attribution import Statement, statement_of, statements
from indiggraph.facts.binding import Draft, draft_facts
from indiggraph.facts.clues import clues_of
from indiggraph.facts.confidence import load_confidence
from indiggraph.facts.cues import Cues, load_cues
from indiggraph.facts.modality import is_present, modality_of, told_by
from indiggraph.facts.pairing import paired
from indiggraph.facts.roles import roles_of
from indiggraph.facts.sectors import SectorFinder
from indiggraph.facts.shares import ShareTracker, size_of
from indiggraph.facts.standins import with_stand_ins
from indiggraph.facts.syntax import arguments, base, governors, heads_of, is_passive
from indiggraph.facts.times import time_of
from indiggraph.facts.triggers import Event, find_events
from indiggraph.facts.view import SentenceView, sentence_views
from indiggraph.frames import Frames
from indiggraph.lexicon import Lexicon, singular
from indiggraph.model import (
    Direction,
    Document,
    Duration,
    Fact,
    FactType,
    Interval,
    Mention,
    Modality,
    Money,
    Quantity,
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
_BUYING = frozenset({"buy", "purchase"})
_RESTS = frozenset({"rest", "remainder", "balance"})
_PARTS = 2
_UNWEIGHED = Decimal(0)
"""The confidence of a draft: what its clues say is known when it is finished."""
_COMPARING = frozenset({"from", "against", "versus", "vs", "vs.", "than", "below", "above", "compared"})
_DIFFERENCES = frozenset({"deficit", "surplus", "gap", "shortfall", "difference", "balance"})
"""Nouns for what two sums differ by: exports and the deficit add up to the imports."""
_AIMS = frozenset({"for", "of", "by", "in", "without", "on"})
_TWO_SIDED = 2
"""Strength from which a trigger makes a fact with both of its sides."""
_ALONE = 3
"""Strength from which a trigger makes a fact without a value."""
_BEGUN = frozenset({FactType.PRODUCTION, FactType.ESTABLISHMENT, FactType.TRADE})
_PHASES = frozenset(
    {"begin", "start", "commence", "resume", "expect", "due", "schedule", "set", "slate", "plan", "postpone", "delay",
     "complete", "finish", "end"}
)  # fmt: skip
"""What a noun's activity is said to do or to be for the sentence to tell when it takes place."""
_NO_JOBS = frozenset({"person", "people"})
"""Who may be anybody, at work or not."""
_PRESENT = frozenset({"VBZ", "VBP"})
_FIGURES = frozenset({FactType.TRADE, FactType.PRODUCTION, FactType.CHANGE})
_MULTIPLES = frozenset({"times", "fold"})
_WORTHLESS = "no value, and its roles are too few for a trigger of strength {}"
_LIKE = ("like the value before it", "a value without a trigger: money is spent, goods are made, works are there")


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a fact was made of: its draft, and the sentence, which states ``together`` facts."""

    draft: Draft
    view: SentenceView
    together: int


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
    views = with_stand_ins(sentence_views(doc, mentions, values, trace), cues.sets)
    spoken = statements(views, cues)
    sectors = SectorFinder(document, doc, mentions, lexicon)
    tracker = ShareTracker(cues)
    facts: list[Fact] = []
    origins: dict[str, _Origin] = {}
    for number, (view, said) in enumerate(zip(views, spoken, strict=True)):
        trace.sentence(view.span)
        if number == 0 and _is_headline(view, doc.text):
            trace.passed("sentence", "headline", "repeats what the text says below")
            continue
        here: list[tuple[Draft, Fact]] = []
        drafts = draft_facts(view, find_events(view.sentence, frames, view.names, trace))
        for draft in drafts:
            fact = _fact(document, draft, view, said, cues, sectors)
            trace.drafted(fact)
            if _numbers_a_party(draft, fact, view) and any(_tells_the_same(draft, other) for other in drafts):
                trace.dropped(fact, "its value only counts a party of another fact")
                continue
            continued = tracker.like(fact, number) if draft.event is None else None
            if not _worth_stating(draft, fact.roles, view, cues) and not _begins(draft, fact):
                _tell_why_not(draft, fact, cues, trace)
                continue
            if draft.event is None and draft.gathering is None:
                if continued is None and fact.amount is None and not _is_stock(draft, fact, frames, view):
                    trace.dropped(fact, "a count in a circumstance, which no trigger governs")
                    continue
                fact = _like(fact, continued, frames)
                trace.changed(fact, "type", fact.type, _LIKE[continued is None])
            here.append((draft, fact))
        stated = _without_echoes(here, trace)
        origins |= {fact.id: _Origin(draft, view, len(stated)) for draft, fact in stated}
        facts.extend(_with_shares(paired(stated, view), tracker, view, number))
    return tuple(_sure(fact, origins[fact.id], frames, trace) for fact in _unique(_with_themes(facts, trace)))


def _without_echoes(here: Sequence[tuple[Draft, Fact]], trace: Trace) -> list[tuple[Draft, Fact]]:
    """Leave out facts without value of which another says all and more ("ventures and *work* with Halden firms")."""
    kept = []
    for draft, fact in here:
        if any(_echoes(fact, other) for _, other in here):
            trace.dropped(fact, "another fact of its type says all of it and more")
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


def _with_shares(
    here: Sequence[tuple[Draft, Fact]], tracker: ShareTracker, view: SentenceView, number: int
) -> Iterator[Fact]:
    """Join one sentence's facts to the totals that they are shares of."""
    parts = [fact for draft, fact in here if _may_be_part(draft, fact)]
    whole = _whole(parts)
    before: Fact | None = None
    for draft, fact in here:
        like = [other for other in parts if _kind_of_value(other) == _kind_of_value(fact)]
        if fact not in like:
            total: Fact | None = None
        elif whole is not None and fact.id != whole.id and whole in like:
            total = whole
        else:
            total = tracker.divided([value for other in like if (value := _value(other)) is not None], number)
        why = "its sentence's values add up to that one"
        if total is None and not _is_difference(draft):
            total = tracker.total_of(fact, view, number, _position(draft, view))
            why = "the text takes up that value"
        if total is None and fact in parts:
            total = _fronted(fact, here, view)
            why = "it is said to be of that value"
        if total is not None and total.id != fact.id:
            view.trace.changed(fact, "partOf", total.id, why)
            alike = before if before is not None and before.part_of == total.id else total
            fact = _share_of(fact, total, alike, draft, view)
            before = fact
        if not (draft.earlier or _is_compared(_position(draft, view))):
            tracker.remember(fact, number, _matters(fact, draft, view))
        yield fact


def _is_compared(value: Token) -> bool:
    """ "5 tons, *against* 4 tons": what something is compared with is no total of what follows."""
    return value.head.lemma_.lower() == "compare" or any(
        child.lower_ in _COMPARING for child in value.children if child.dep_ in ("case", "mark")
    )


def _matters(fact: Fact, draft: Draft, view: SentenceView) -> frozenset[str]:
    """Lemmas of what a fact's value is of: its trigger's, its themes', and of what the value itself counts."""
    named = {view.roots[role.mention] for role in fact.roles if role.name is RoleName.THEME and role.mention}
    position = _position(draft, view)
    tokens = {position, *named, *(() if draft.event is None else (draft.event.token,))}
    below = [child for child in position.children if base(child) == "nmod" and child.i > position.i]
    return frozenset(token.lemma_.lower() for token in (*tokens, *below) if token.pos_ in ("NOUN", "PROPN"))


def _may_be_part(draft: Draft, fact: Fact) -> bool:
    """Levels before and after, and the difference between them, add up without one being a share of another."""
    counted = not draft.level and not _is_difference(draft)
    return _value(fact) is not None and counted and fact.type is not FactType.CHANGE


def _is_difference(draft: Draft) -> bool:
    return draft.event is not None and draft.event.token.lemma_.lower() in _DIFFERENCES


def _whole(facts: Sequence[Fact]) -> Fact | None:
    """The fact whose value the sentence's other values of its kind add up to ("9 ships for A and B, 5 and 4")."""
    for fact in facts:
        parts = [size_of(_value(f)) for f in facts if f.id != fact.id and _kind_of_value(f) == _kind_of_value(fact)]
        known = [part for part in parts if part is not None]
        if len(known) >= _PARTS and len(known) == len(parts) and sum(known) == size_of(_value(fact)):
            return fact
    return None


def _fronted(fact: Fact, here: Sequence[tuple[Draft, Fact]], view: SentenceView) -> Fact | None:
    """The sum before the clause that a share is said to be of ("*of the $9 million*, $4 million are grants")."""
    for draft, other in here:
        root = _position(draft, view)
        of = any(child.dep_ == "case" and child.lower_ == "of" for child in root.children)
        if not of or root.head.i <= root.i or _kind_of_value(other) != _kind_of_value(fact) or other.id == fact.id:
            continue
        size, whole = size_of(_value(fact)), size_of(_value(other))
        if size is not None and whole is not None and size < whole:
            return other
    return None


def _value(fact: Fact) -> Money | Quantity | None:
    return fact.amount or (fact.quantities[0] if fact.quantities else None)


def _kind_of_value(fact: Fact) -> tuple[str, str | None] | None:
    """What values must share to be added: the currency, or the kind of quantity and its unit."""
    value = _value(fact)
    if value is None:
        return None
    return ("money", value.currency) if isinstance(value, Money) else (value.kind, value.unit)


def _with_themes(facts: Sequence[Fact], trace: Trace) -> list[Fact]:
    done: list[Fact] = []
    for fact in facts:
        done.append(_continued(fact, done[-1], trace) if done else fact)
    return done


def _position(draft: Draft, view: SentenceView) -> Token:
    """The token of the draft's first value, else its trigger."""
    value = draft.amount or (draft.quantities[0] if draft.quantities else None)
    return draft.anchor if value is None else view.value_roots[value.span]


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
) -> Fact:
    roles = _obliging(roles_of(draft, view, cues, said), draft, view.trace)
    statement = None if draft.gathering is not None else statement_of(_position(draft, view), said)
    keys = sectors.sectors_of(draft, view)
    time = time_of(draft, view, said)
    acted = _acted(roles, draft, statement)
    kind = _kind(draft, roles, view)
    for role in roles:
        if role not in acted:
            view.trace.passed(role.name, role.mention, "only speaks")
    said_by = list(_attribution(statement, acted, view.trace))
    return Fact(
        id=_fact_id(document, draft),
        document=document.id,
        type=kind,
        modality=_in_future(_modality(draft, view, cues), draft, time, document.published, view.trace),
        evidence=tuple(dict.fromkeys((view.span, *_told_before(roles, view), *sectors.told_at(keys, view)))),
        rule=_rule(draft),
        confidence=_UNWEIGHED,
        trigger=_trigger(draft),
        roles=tuple(dict.fromkeys((*acted, *said_by, *_caller(draft, view)))),
        sectors=keys,
        amount=draft.amount,
        quantities=_counts(draft, roles, view),
        time=time,
        stated_at=None if statement is None else statement.said_at,
        direction=_direction(draft.event),
    )


def _told_before(roles: Sequence[Role], view: SentenceView) -> list[Span]:
    """The sentences that name the parties that a word of this one stands for."""
    parties = {role.mention for role in roles if role.name in _PARTIES}
    stood_for = [mention for members in view.stand_ins.values() for mention in members if mention.id in parties]
    return [mention.sentence for mention in stood_for if not view.span.covers(mention.span)]


def _obliging(roles: Sequence[Role], draft: Draft, trace: Trace) -> Sequence[Role]:
    """Whom an act that is ordered is for: "mills must buy from *growers*" helps the growers."""
    if draft.event is None or draft.event.type is FactType.DIRECTIVE or _type_of(draft) is not FactType.DIRECTIVE:
        return roles
    others = [role for role in roles if role.name is RoleName.COUNTERPARTY]
    for role in others:
        trace.taken(RoleName.BENEFICIARY, role.mention, "the counterparty of an act that is ordered")
    return [replace(role, name=RoleName.BENEFICIARY) if role in others else role for role in roles]


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
    event, value = draft.clause or draft.event, _position(draft, view)
    if value.i != draft.anchor.i and is_present(value, cues.meant):
        view.trace.taken("modality", Modality.ACTUAL, "“{}” is told as what is so now", value)
        return Modality.ACTUAL
    if event is None or (draft.clause is None and draft.anchor.i != event.token.i):
        return modality_of(draft.anchor, _type_of(draft), cues.meant, trace=view.trace)
    told = told_by(event.token, value)
    return modality_of(told, event.type, cues.meant, event.trigger.modality, view.trace)


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
        bound = draft.event.type in _OBLIGED and _must(draft.event.token)
        return FactType.DIRECTIVE if bound else draft.event.type
    return FactType.INVESTMENT if draft.amount is not None else FactType.PRODUCTION


def _kind(draft: Draft, roles: Sequence[Role], view: SentenceView) -> FactType:
    """The type of a draft's fact: what a country buys is trade; a rest that comes from somebody is money."""
    kind = _type_of(draft)
    if draft.event is None:
        return kind
    if kind is FactType.AGREEMENT and draft.event.token.lemma_.lower() in _BUYING and draft.event.token.pos_ == "VERB":
        tops = {m.id: m.type.top for m in view.mentions}
        parties = [tops.get(role.mention) for role in roles if role.mention is not None and role.name in _PARTIES]
        return FactType.TRADE if parties and set(parties) == {ThingType.PLACE} else kind
    return FactType.INVESTMENT if kind is FactType.PRODUCTION and _is_rest(draft.event) else kind


def _is_rest(event: Event) -> bool:
    """Whether an event is about what is left of a sum ("*the rest* was lent by the bank")."""
    functions = ("obj", "subj", "with")
    heads = [head for name, head in arguments(event.token) if name in functions]
    return any(head.lemma_.lower() in _RESTS and head.pos_ == "NOUN" for head in heads)


def _must(token: Token) -> bool:
    return any(child.lemma_.lower() == "must" and child.dep_ == "aux" for child in token.children)


def _worth_stating(draft: Draft, roles: Sequence[Role], view: SentenceView, cues: Cues) -> bool:
    """A value makes a fact; without one, a strong trigger with a party or a theme, or a weaker one with both sides."""
    if draft.amount is not None or draft.gathering is not None:
        return True
    if draft.quantities:
        return not _only_compares(draft)
    if draft.event is None:
        return False
    filled = {role.name for role in roles if not _is_own(role, view) or base(draft.event.token) != "acl"}
    unstated = _is_purpose(draft.event.token, cues) or _is_topic(draft.event, cues) or _is_party(draft.event)
    if unstated:
        return False
    if draft.event.type in (FactType.INVESTMENT, FactType.PRODUCTION) and _is_rest(draft.event):
        return RoleName.AGENT in filled
    if draft.event.strength >= _ALONE:
        return bool(filled & {RoleName.AGENT, RoleName.THEME, RoleName.COUNTERPARTY})
    if draft.event.trigger.part_of_speech == "aux" or _must(draft.event.token):
        if is_passive(draft.event.token) and RoleName.THEME in filled:
            return True  # "bids must be lodged by May"
        return RoleName.AGENT in filled and bool(filled & {RoleName.THEME, RoleName.BENEFICIARY})
    if draft.event.type is FactType.DIRECTIVE and {RoleName.AGENT, RoleName.THEME} <= filled:
        return True
    specific = any(words for _, words in draft.event.trigger.needs)
    calls = draft.event.trigger.modality is Modality.PROPOSED
    if draft.event.type is FactType.DIRECTIVE and (specific or calls):
        return RoleName.THEME in filled
    if draft.event.strength < _TWO_SIDED:
        return False
    return RoleName.COUNTERPARTY in filled or (specific and {RoleName.AGENT, RoleName.THEME} <= filled)


def _only_compares(draft: Draft) -> bool:
    """Whether all of a draft's quantities are like "four times the figure of a year ago", which makes nothing."""
    changes = draft.event is not None and draft.event.type is FactType.CHANGE
    return not changes and all(quantity.unit in _MULTIPLES for quantity in draft.quantities)


def _begins(draft: Draft, fact: Fact) -> bool:
    """Whether a sentence tells when something begins or is over: "*construction* should start in May"."""
    if draft.event is None or draft.event.type not in _BEGUN or fact.time is None:
        return False
    noun = draft.event.token
    return noun.dep_.startswith("nsubj") and noun.head.lemma_.lower() in _PHASES


def _is_own(role: Role, view: SentenceView) -> bool:
    """Whether a party is "we", which in "the mine *we* run" says nothing of its own."""
    return any(m.id == role.mention and m.head == "we" for m in view.mentions)


def _is_party(event: Event) -> bool:
    """ "A loan *to a joint venture* of A and B": who has a part in something else is no work of its own."""
    nominal = event.type is FactType.COOPERATION and event.token.lemma_.lower() == "venture"
    cases = {child.lower_ for child in event.token.children if child.dep_ == "case"}
    return nominal and bool(cases & {"to", "with", "from", "by", "for"})


def _tell_why_not(draft: Draft, fact: Fact, cues: Cues, trace: Trace) -> None:
    if draft.event is not None and _is_purpose(draft.event.token, cues):
        trace.dropped(fact, "“{}” names an aim or a means and asserts nothing", draft.event.token)
    elif draft.event is not None and _is_topic(draft.event, cues):
        trace.dropped(fact, "“{}” only says what somebody speaks about", draft.event.token)
    else:
        trace.dropped(fact, _WORTHLESS, 0 if draft.event is None else draft.event.strength)


def _is_topic(event: Event, cues: Cues) -> bool:
    """ "*Turning to exports*, she said": figures that are only spoken about; a deal that one points to was made."""
    token = event.token
    names = (f"{token.head.lemma_.lower()} {child.lower_}" for child in token.children if child.dep_ == "case")
    return event.type in _FIGURES and token.pos_ == "NOUN" and any(name in cues.speech.topics for name in names)


def _is_purpose(token: Token, cues: Cues) -> bool:
    """A gerund after a preposition ("a program *for establishing* desks") names an aim or means, it asserts nothing."""
    if token.head.lemma_.lower() in cues.meant.governor:
        return False
    return token.tag_ == "VBG" and any(child.dep_ == "mark" and child.lower_ in _AIMS for child in token.children)


def _acted(roles: Sequence[Role], draft: Draft, statement: Statement | None) -> list[Role]:
    """Roles without an agent who only speaks: "X put the payment at 5 percent" does not say that X pays."""
    if statement is None or statement.verb is None or draft.event is None or draft.event.token.pos_ == "VERB":
        return list(roles)
    subjects = set(statement.speakers)
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


def _caller(draft: Draft, view: SentenceView) -> Iterator[Role]:
    """Who calls for an act says so: "X urged banks to lend more"."""
    event = draft.event
    calls = event is not None and event.type is FactType.DIRECTIVE and event.trigger.part_of_speech != "aux"
    if event is not None and calls and event.trigger.modality is Modality.PROPOSED:
        for head in heads_of(event.token, "subj"):
            mention = view.mention_at(
                head, (ThingType.PERSON, ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)
            )
            if mention is not None:
                view.trace.taken(RoleName.STATED_BY, mention.text, "calls for it by “{}”", event.token)
                yield Role(RoleName.STATED_BY, mention.id)


def _direction(event: Event | None) -> Direction | None:
    return event.trigger.direction if event is not None and event.type is FactType.CHANGE else None


def _is_stock(draft: Draft, fact: Fact, frames: Frames, view: SentenceView) -> bool:
    """Whether a count that no trigger governs says what there is: plants, measures, jobs, a subject, an object.

    A count in a circumstance ("in 6 towns") does not.
    """
    if view.mention_at(draft.anchor, (ThingType.GROUP,)) is not None:
        return False
    counted = frames.classes["works"] | frames.classes["jobs"]
    if any(q.unit_code is not None or _unit(q) in counted for q in fact.quantities):
        return True
    return draft.anchor.dep_ in ("nsubj", "obj", "nsubj:pass", "root", "ROOT", "acl", "conj")


def _unit(quantity: Quantity) -> str:
    """The last word of a unit in the singular ("power stations" -> station)."""
    return singular((quantity.unit or "").lower().rpartition(" ")[2])


def _stock(fact: Fact, frames: Frames) -> Fact:
    """A count that no trigger governs ("the province has 300 mines"): plants and projects exist, goods are made."""
    units = {_unit(quantity) for quantity in fact.quantities}
    if units & frames.classes["works"]:
        return replace(fact, type=FactType.ESTABLISHMENT)
    return replace(fact, type=FactType.CHANGE if units & frames.classes["jobs"] - _NO_JOBS else FactType.PRODUCTION)


def _continued(fact: Fact, before: Fact, trace: Trace) -> Fact:
    """What follows in one sentence is about the same ("made 5 tons of X, a rise of 7 percent, against 4 tons")."""
    named = {role.name for role in fact.roles}
    if before.evidence[0] != fact.evidence[0] or RoleName.THEME in named:
        return fact
    if fact.type not in (FactType.CHANGE, before.type) or _of_another(fact, before):
        return fact
    wanted = {RoleName.THEME} | ({RoleName.AGENT} - named)
    taken = [role for role in before.roles if role.name in wanted]
    for role in taken:
        trace.changed(fact, role.name, role.mention or role.label, "of the fact before it in the sentence")
    evidence = tuple(dict.fromkeys((*fact.evidence, *before.evidence))) if taken else fact.evidence
    return replace(fact, roles=(*fact.roles, *taken), evidence=evidence)


def _of_another(fact: Fact, before: Fact) -> bool:
    """Whether somebody else acts ("X will build a mill, *while Y* invests $3 million")."""
    agents, others = ({r.mention for r in f.roles if r.name is RoleName.AGENT} for f in (fact, before))
    return bool(agents and others) and not agents & others


def _share_of(fact: Fact, total: Fact, alike: Fact, draft: Draft, view: SentenceView) -> Fact:
    """A share without a strong trigger of its own is of the total's kind, and meant like it or the share before."""
    if draft.event is None or draft.event.strength < 2 or _is_before_clause(draft, view):
        put_in = fact.amount is not None and total.type is FactType.ESTABLISHMENT
        kind = FactType.INVESTMENT if put_in else total.type  # a part of what a mill costs is no mill
        view.trace.changed(fact, "type", kind, "that of the whole, as no strong trigger tells another")
        modality = alike.modality if fact.modality is Modality.ACTUAL else fact.modality
        fact = replace(fact, type=kind, modality=modality, direction=None)
    return _about_the_same(replace(fact, part_of=total.id), total, view.trace)


def _is_before_clause(draft: Draft, view: SentenceView) -> bool:
    """Whether the event is what the clause of its value only describes ("through *deals*, of which $5 is ...")."""
    governed = list(governors(_position(draft, view)))
    clause = next((token for token in governed if token.dep_ == "acl:relcl"), None)
    return (
        clause is not None
        and draft.event is not None
        and draft.event.token not in governed[: governed.index(clause) + 1]
    )


def _about_the_same(fact: Fact, total: Fact, trace: Trace) -> Fact:
    """A share whose own words do not name its matter, program or beneficiary has the total's."""
    named = {role.name for role in fact.roles}
    same = {RoleName.THEME, RoleName.BENEFICIARY} if fact.type is total.type else set()
    taken = tuple(role for role in total.roles if role.name in {RoleName.PROGRAM, *same} - named)
    for role in taken:
        trace.changed(fact, role.name, role.mention or role.label, "that of the whole, as the share names none")
    evidence = tuple(dict.fromkeys((*fact.evidence, *total.evidence))) if taken else fact.evidence
    return replace(fact, roles=(*fact.roles, *taken), evidence=evidence)


def _sure(fact: Fact, origin: _Origin, frames: Frames, trace: Trace) -> Fact:
    """Give a finished fact its confidence."""
    clues = clues_of(fact, origin.draft, origin.view, frames, origin.together)
    trace.weighed(fact, clues)
    confidence = load_confidence()
    score = confidence.of(clues)
    trace.changed(fact, "confidence", score, confidence.why(clues))
    return replace(fact, confidence=score)


def _fact_id(document: Document, draft: Draft) -> str:
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    parts = [document.id, _type_of(draft), str(draft.anchor.idx), *(f"{v.span.start}-{v.span.end}" for v in values)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _unique(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())
