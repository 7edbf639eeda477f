"""Fills the roles of a draft: parties, theme, program, place, from the functions that its frame names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from indiggraph.facts.binding import Draft, position_of, remnants_of
from indiggraph.facts.cues import Cues, load_cues
from indiggraph.facts.fillers import ROUTES, elsewhere, fillers, party_at, under_which
from indiggraph.facts.places import places_of
from indiggraph.facts.rows import gapped, givers, holders, receivers, values_of
from indiggraph.facts.statements import Statement
from indiggraph.facts.syntax import (
    arguments,
    base,
    coordinated,
    function_in_words,
    governors,
    is_passive,
    within_clause,
)
from indiggraph.facts.themes import themes_of
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView
from indiggraph.model import (
    PARTIES,
    FactType,
    Form,
    Mention,
    Money,
    Quantity,
    Role,
    RoleName,
    ThingType,
)

__all__ = ["roles_of"]

_GETTING = frozenset({"win", "receive", "get", "obtain", "secure", "borrow", "attract", "gain", "enjoy", "land"})
_STATES = frozenset({"country", "nation", "republic"})
_OWNED = frozenset({FactType.CHANGE, FactType.ESTABLISHMENT, FactType.PRODUCTION, FactType.TRADE})
_TWO_SIDED = frozenset({FactType.TRADE, FactType.AGREEMENT, FactType.COOPERATION})
_SIDES = 2
_BUYING = frozenset({"buy", "purchase", "order", "procure", "acquire"})
_PURPOSES = frozenset({"purpose", "comp", "for"})
_BESIDE = "beside"
"""The function of a name that has a value right beside it."""
_PURSES = frozenset({"fund", "facility"})
"""Programs that lend and pay as a bank does."""
_HELPING = frozenset({"help", "support", "assist", "aid", "enable", "allow", "encourage", "back", "let"})
_OWNERSHIP = (
    (("poss", "of"), (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)),
    (("mod", "at"), (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)),
)
_OWN_FIGURES = frozenset({FactType.PRODUCTION, FactType.TRADE})
"""Facts that companies tell of themselves ("*Norvik Steel* forecasts sales of $3 million")."""
_TRADE = frozenset({"export", "import", "sale", "trade", "shipment", "purchase"})


def roles_of(draft: Draft, view: SentenceView, cues: Cues, said: Sequence[Statement] = ()) -> tuple[Role, ...]:
    """Return the draft's roles; a mention plays at most one party role in a fact."""
    taken: set[str] = set()
    roles: list[Role] = []
    others = _of_other_values(draft, view)
    for name in PARTIES:
        for mention in _parties(draft, name, view, cues):
            if mention.id in others:
                view.trace.passed(name, mention.text, "stands before another value")
                continue
            if mention.id in taken:
                view.trace.passed(name, mention.text, "has another part in the fact")
            else:
                taken.add(mention.id)
                roles.append(Role(name, mention.id))
    roles = _mutual(draft, view) or _two_sides(roles, draft, view)
    if draft.gathering is not None:
        view.trace.taken(RoleName.THEME, draft.gathering.text, "the gathering that has a date beside its name")
        roles.append(Role(RoleName.THEME, draft.gathering.id))
    else:
        roles.extend(themes_of(draft, view, cues, taken))
    roles.extend(Role(RoleName.PROGRAM, m.id) for m in _programs(draft, view, cues))
    roles.extend(Role(RoleName.PLACE, m.id) for m in places_of(draft, view, said) if m.id not in taken)
    return tuple(dict.fromkeys(roles))


def _mutual(draft: Draft, view: SentenceView) -> list[Role]:
    """The two countries whose trade with each other is told: "*bilateral trade* came to $7 million"."""
    nouns = [event.token for event in draft.events if event.type is FactType.TRADE]
    sides = next((view.stand_ins[noun.i] for noun in nouns if noun.i in view.stand_ins), ())
    names = (RoleName.AGENT, RoleName.COUNTERPARTY)
    for name, mention in zip(names, sides, strict=False):
        view.trace.taken(name, mention.text, "one of the two sides named before")
    return [Role(name, mention.id) for name, mention in zip(names, sides, strict=False)]


def _two_sides(roles: list[Role], draft: Draft, view: SentenceView) -> list[Role]:
    """Two who sign with nobody else sign with each other."""
    agents = [role for role in roles if role.name is RoleName.AGENT]
    others = any(role.name is RoleName.COUNTERPARTY for role in roles)
    signed = (
        draft.event is not None and draft.event.type is FactType.AGREEMENT and draft.event.token.lemma_ not in _BUYING
    )
    here = all(role.mention in view.roots for role in agents)
    if not signed or not here or others or len(agents) != _SIDES:
        return roles
    return [replace(role, name=RoleName.COUNTERPARTY) if role is agents[1] else role for role in roles]


def _parties(draft: Draft, name: RoleName, view: SentenceView, cues: Cues) -> list[Mention]:
    """Fillers by the tree first; by a preposition elsewhere in the clause where the tree gives none."""
    events = draft.events
    if draft.event is not None and draft.event.type is FactType.DIRECTIVE:
        if name is RoleName.BENEFICIARY:
            return _recipients(events, view)
        events = events[:1]  # who is to act, not who orders, is the subject of what is ordered
    before = (gapped(values_of(draft), view) or givers(draft, view)) if name is RoleName.AGENT else []
    for mention in before:
        view.trace.taken(name, mention.text, "stands beside its value, without a verb")
    if before:
        return before
    remnants = remnants_of(draft, view)
    for function in (f for event in events for f in dict(event.trigger.roles).get(name, ()) if f in remnants):
        found = [m for head in coordinated(remnants[function]) for m in party_at(head, view)]
        for mention in found:
            view.trace.taken(name, mention.text, "“{}” beside its value, without a verb", function)
        return found
    if any(_BESIDE in dict(event.trigger.roles).get(name, ()) for event in events):
        beside = holders(draft, view)
        for mention in beside:
            view.trace.taken(name, mention.text, "has the value as its own in a list")
        if beside:
            return beside
    for route in (under_which, fillers, elsewhere):
        for event in events:
            for function in _functions(event, name, events):
                found = [m for head in route(event.token, function) for m in party_at(head, view)]
                allowed = _sides(_allowed(found, name, function, event), name, function, event)
                for mention in found:
                    hear = view.trace.taken if mention in allowed else view.trace.passed
                    hear(name, mention.text, ROUTES[route], function_in_words(function), event.token)
                if allowed:
                    return allowed
    if name is RoleName.BENEFICIARY:
        helped = _helped(events, view) or _meant_for(events, view) or receivers(draft, view, cues)
        return helped or _acting(draft, name, view, cues)
    if name is not RoleName.AGENT:
        return []
    owners = _owners(draft, view) or _aiming(draft, view, cues) or _lenders(events, view, cues)
    return owners or _acting(draft, name, view, cues)


def _of_other_values(draft: Draft, view: SentenceView) -> set[str]:
    """Ids of who stands before another value, to which the verb before is not repeated ("and *B* 5 trillion rials")."""
    own = values_of(draft)
    others = (v for v in view.values if isinstance(v, Money | Quantity) and v not in own)
    return {mention.id for value in others for mention in gapped([value], view)} if own else set()


def _aiming(draft: Draft, view: SentenceView, cues: Cues) -> list[Mention]:
    """Whose goal a value is: "missed *its* goal of 10 tons", "*the ministry's* target for the year was 10 tons"."""
    if draft.event is not None and draft.event.type not in _OWNED:
        return []
    value = position_of(draft, view)
    above = [token for token in within_clause(value) if token.pos_ in ("NOUN", "PROPN")]
    subjects = [child for token in above for child in token.children if base(child) == "nsubj"]
    aims = [noun for noun in (*above, *subjects, *_subjects(value)) if noun.lemma_.lower() in cues.parties.aims]
    owners = [owner for aim in aims for name, owner in arguments(aim) if name in ("poss", "of")]
    found = [view.mention_at(owner, (ThingType.ORGANIZATION, ThingType.GROUP)) for owner in owners]
    known = [mention for mention in found if mention is not None][:1]
    for mention in known:
        view.trace.taken(RoleName.AGENT, mention.text, "has the value as its aim")
    return known


def _subjects(value: Token) -> list[Token]:
    return [child for child in (*value.children, *value.head.children) if base(child) == "nsubj"]


def _lenders(events: Sequence[Event], view: SentenceView, cues: Cues) -> list[Mention]:
    """The body whose name stands before its money: "got $3 million in *NDF* loans"."""
    for event in events:
        if event.type is not FactType.INVESTMENT:
            continue
        nouns = [event.token, *(head for name, head in arguments(event.token) if name in ("obj", "in"))]
        nouns += [inner for noun in nouns[1:] for name, inner in arguments(noun) if name in ("in", "of")]
        money = [noun for noun in nouns if noun.lemma_.lower() in cues.parties.lending]
        firsts = [head for noun in money for name, head in arguments(noun) if name == "mod"]
        found = [view.mention_at(first, (ThingType.ORGANIZATION,)) for first in firsts]
        known = [m for m in found if m is not None and m.form is Form.NAME]
        for mention in known:
            view.trace.taken(RoleName.AGENT, mention.text, "stands before the money that it gives")
        if known:
            return known
    return []


def _acting(draft: Draft, name: RoleName, view: SentenceView, cues: Cues) -> list[Mention]:
    """The subject of the clause in which a value, or a noun right at its verb, tells what is done.

    "*Norvik* aims for 60 percent"; who wins or gets money has it, and does not give it.
    """
    event = draft.event
    verb = next((token for token in within_clause(draft.anchor) if token.pos_ == "VERB"), None)
    if verb is None or draft.gathering is not None:
        return []
    if is_passive(verb):
        return _doing(verb, view) if event is None and name is RoleName.AGENT else []
    tells = verb.lemma_.lower() in cues.speech.verbs
    if tells and (event is None or event.type not in _OWN_FIGURES):
        return []
    if event is not None and not (event.token.head.i == verb.i and _is_noun_that_acts(event)):
        return []
    gets = verb.lemma_.lower() in _GETTING and (event is None or event.type is FactType.INVESTMENT)
    if name is not (RoleName.BENEFICIARY if gets else RoleName.AGENT):
        return []
    first = next((head for function, head in arguments(verb) if function == "subj"), None)
    found = [] if first is None else [m for head in coordinated(first) for m in party_at(head, view)]
    bodies = [mention for mention in found if mention.type.top in (ThingType.ORGANIZATION, ThingType.GROUP)]
    bodies = [mention for mention in bodies if mention.type is ThingType.COMPANY or not tells]
    for mention in bodies:
        view.trace.taken(name, mention.text, "subject of “{}”, in whose clause the value is", verb)
    return bodies


def _doing(verb: Token, view: SentenceView) -> list[Mention]:
    """By whom something is done with a value: "40 km of drilling was done *by Norvik Mines*"."""
    heads = [child for child in verb.children if child.dep_ == "obl:agent"]
    found = [mention for first in heads for head in coordinated(first) for mention in party_at(head, view)]
    for mention in found:
        view.trace.taken(RoleName.AGENT, mention.text, "“by” of “{}”, in whose clause the value is", verb)
    return [mention for mention in found if mention.type.top in (ThingType.ORGANIZATION, ThingType.GROUP)]


def _is_noun_that_acts(event: Event) -> bool:
    """Whether a noun has an actor, and tells none of its own behind "by"."""
    by = any(function == "by" for function, _ in arguments(event.token))
    case = next((child.lower_ for child in event.token.children if child.dep_ == "case"), "")
    told = event.token.pos_ == "NOUN" and (base(event.token) == "obj" or case == "with")
    return told and bool(dict(event.trigger.roles).get(RoleName.AGENT, ())) and not by


def _functions(event: Event, name: RoleName, events: Sequence[Event]) -> list[str]:
    """Functions whose fillers may play a part, but those of a verb's noun that play another by the verb itself.

    Who "*won* an order" sells, though the subject beside "order" buys.
    """
    functions = dict(event.trigger.roles).get(name, ())
    if name is RoleName.AGENT and _is_had(event):
        functions = tuple(function for function in functions if function != "subj")
    first = dict(events[0].trigger.roles)
    elsewhere = {f for part in PARTIES if part is not name for f in first.get(part, ())}
    return [f for f in functions if event is events[0] or f not in elsewhere or f in first.get(name, ())]


def _is_had(event: Event) -> bool:
    """ "Mills *enjoy* a rebate": who gets money does not give it."""
    noun = event.token
    return event.type is FactType.INVESTMENT and noun.pos_ == "NOUN" and noun.head.lemma_.lower() in _GETTING


def _sides(mentions: list[Mention], name: RoleName, function: str, event: Event) -> list[Mention]:
    """Of what is between A and B the first is the agent and the others are the other side."""
    if function != "between" or event.type not in _TWO_SIDED:
        return mentions
    return mentions[:1] if name is RoleName.AGENT else mentions[1:]


def _helped(events: Sequence[Event], view: SentenceView) -> list[Mention]:
    """Whom money or a deal is to help: "set aside $3 million to *help growers* buy pumps"."""
    for event in events:
        nouns = [head for name, head in arguments(event.token) if name == "obj"]
        aims = [head for token in (event.token, *nouns) for name, head in arguments(token) if name in _PURPOSES]
        for aim in aims:
            if aim.lemma_.lower() in _HELPING:
                first = next((head for name, head in arguments(aim) if name == "obj"), None)
                first = first or next((t for _, c in arguments(aim) for t in c.children if t.dep_ == "nsubj"), None)
                found = [] if first is None else [m for head in coordinated(first) for m in party_at(head, view)]
                if found:
                    return found
    return []


def _meant_for(events: Sequence[Event], view: SentenceView) -> list[Mention]:
    """Whom a thing is for that is made, built or paid: "built a plant *for Harran Motors*", "a grant *to growers*"."""
    for event in events:
        wanted = {f for f in dict(event.trigger.roles).get(RoleName.BENEFICIARY, ()) if f in ("for", "to")}
        nouns = [noun for name, first in arguments(event.token) if name == "obj" for noun in coordinated(first)]
        nouns += [inner for noun in nouns for name, inner in arguments(noun) if name == "of"]
        heads = [
            head for noun in nouns for name, first in arguments(noun) if name in wanted for head in coordinated(first)
        ]
        found = [m for head in heads for m in party_at(head, view) if m.type.top is not ThingType.PLACE]
        for mention in found:
            view.trace.taken(RoleName.BENEFICIARY, mention.text, "what “{}” is about is for it", event.token)
        if found:
            return found
    return []


def _recipients(events: Sequence[Event], view: SentenceView) -> list[Mention]:
    """Who gets what an order says to give, sell or buy ("obliged to sell wheat *to mills*")."""
    for event in events:
        roles = dict(event.trigger.roles)
        parties = () if event is events[0] else roles.get(RoleName.COUNTERPARTY, ())
        for function in (*roles.get(RoleName.BENEFICIARY, ()), *parties):
            found = [m for head in fillers(event.token, function) for m in party_at(head, view)]
            for mention in found:
                words = function_in_words(function)
                view.trace.taken(RoleName.BENEFICIARY, mention.text, "{} of “{}”, which is ordered", words, event.token)
            if found:
                return found
    return []


def _owners(draft: Draft, view: SentenceView) -> list[Mention]:
    """The body or country whose output, trade or projects a fact is about, where nobody else is said to act.

    "Harran Steel's output", "sales of Harran Steel", "output at the two mills", "EU imports of steel"; but in "Harran
    Steel was sold" the name is what is sold.
    """
    event = draft.event
    if event is None or event.type not in _OWNED:
        return []
    cores = [head for name, head in arguments(event.token) if name in ("obj", "subj")]
    objects = {head.i for name, head in arguments(event.token) if name == "obj"}
    tokens = [event.token, *cores, *(inner.token for inner in draft.absorbed)]
    for noun in (token for token in tokens if token.pos_ in ("NOUN", "PROPN")):
        for wanted, types in _OWNERSHIP:
            found = [view.mention_at(head, types) for name, head in arguments(noun) if name in wanted]
            whole = [m for m in found if m is not None]
            owners = [m for m in whole if noun.i not in objects or not m.span.start <= noun.idx < m.span.end]
            if owners and (owners[0].type.top is not ThingType.PLACE or _trades(noun)):
                view.trace.taken(RoleName.AGENT, owners[0].text, "owns what the fact is about, and nobody acts")
                return owners[:1]
    return []


def _trades(noun: Token) -> bool:
    """Whether a country is an agent of what the noun says: it trades, while goods are made *in* it."""
    return noun.lemma_.lower() in _TRADE


def _allowed(mentions: list[Mention], name: RoleName, function: str, event: Event) -> list[Mention]:
    """Countries act ("Iran will export"), but a place is no agent beside others, nor a person beside a body or group.

    A country that is only described acts where it trades ("*the country* imported 3 tons"), a town by its government.
    """
    others = [m for m in mentions if m.type.top is not ThingType.PLACE]
    bodies = [m for m in others if m.type.top is not ThingType.PERSON]
    others = bodies or others
    trades = event.type is FactType.TRADE and function == "subj"
    governed = load_cues().parties.governed if function in ("subj", "poss") else frozenset()
    described = governed | (_STATES if trades else frozenset())
    known = function != "from"  # "investments *from Fife* to Kent": of places only countries give
    states = [m for m in mentions if m.country is not None or (known and m.key is not None) or m.head in described]
    return others or (states if name is RoleName.AGENT else mentions)


# ---- program ---------------------------------------------------------------------------------------


def _programs(draft: Draft, view: SentenceView, cues: Cues) -> list[Mention]:
    clause = _clause_of(draft)
    found = []
    for mention in view.mentions:
        root = view.roots[mention.id]
        if mention.type.top is not ThingType.PROGRAM or _describes_person(root, view):
            continue
        if _in_clause_beside(root, draft.anchor, cues):
            continue
        if not (root.dep_ == "nsubj" and root.lemma_.lower() in _PURSES):  # "the fund lent": it acts
            found.append(mention)
    within = [mention for mention in found if _within_reach(view.roots[mention.id], clause)]
    chosen = within[:2] or (found if len(found) == 1 else [])
    for mention in found:
        hear = view.trace.taken if mention in chosen else view.trace.passed
        hear(RoleName.PROGRAM, mention.text, "in the clause" if mention in within else "elsewhere in the sentence")
    return chosen


def _in_clause_beside(root: Token, anchor: Token, cues: Cues) -> bool:
    """ "When *the program* began, mills made 4 tons": what only says when something was is no program of it."""
    clauses = [governor for governor in governors(root) if base(governor) == "advcl"]
    beside = [clause for clause in clauses if any(child.lower_ in cues.speech.beside for child in clause.children)]
    return bool(beside) and beside[0].i not in [governor.i for governor in governors(anchor)]


def _describes_person(root: Token, view: SentenceView) -> bool:
    """ "X, who heads *the export desk*": a program that tells who somebody is."""
    asides = [governor.head for governor in governors(root) if governor.dep_ in ("acl:relcl", "appos")]
    return any(view.mention_at(person, (ThingType.PERSON,)) is not None for person in asides)


def _clause_of(draft: Draft) -> Token:
    """The verb whose clause holds the draft's anchor."""
    token = draft.anchor
    for governor in governors(token):
        if governor.pos_ in ("VERB", "AUX"):
            return governor
    return token


def _within_reach(root: Token, clause: Token) -> bool:
    return any(g.i == clause.i for g in governors(root))
