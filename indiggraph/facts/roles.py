"""Fills the roles of a draft: parties, theme, program, place, from the functions that its frame names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import (
    arguments,
    base,
    coordinated,
    function_in_words,
    governors,
    in_clause,
    is_passive,
    phrase,
)
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView, span_of
from indiggraph.model import (
    Duration,
    FactType,
    Form,
    Interval,
    Mention,
    Money,
    QuantityKind,
    Role,
    RoleName,
    Span,
    ThingType,
)

__all__ = ["roles_of"]

_PARTIES = (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PERSON, ThingType.PLACE)
_PARTY_ROLES = (RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.BENEFICIARY)
_SEARCHED = frozenset({"with", "between", "from"})
"""Prepositions that name a party wherever they stand in the clause."""
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "across", "throughout"})
_EMPTY = frozenset({FactType.CHANGE, FactType.AGREEMENT, FactType.DIRECTIVE})
"""Types whose nouns ("rise", "contract") say no more about the matter than the type does."""
_AIMS = frozenset({"aim", "goal", "plan", "target", "strategy", "intention", "objective", "priority"})
"""Nouns whose owner acts: "the firm's aim is to make"."""
_VENTURES = frozenset({"venture", "unit", "arm", "subsidiary", "affiliate", "plant", "board", "management"})
"""Nouns whose owners stand for what has no name of its own ("a loan to a joint venture *of X and Y*")."""
_OWNED = frozenset({FactType.CHANGE, FactType.ESTABLISHMENT, FactType.PRODUCTION, FactType.TRADE})
_STAKES = frozenset({"stake", "share", "shareholding", "interest", "equity"})
_PURPOSES = frozenset({"purpose", "comp", "for"})
_HELPING = frozenset({"help", "support", "assist", "aid", "enable", "allow", "encourage", "back", "let"})
_OWNERSHIP = (
    (("poss", "of"), (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)),
    (("mod", "at"), (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PLACE)),
)
_COSTS = frozenset({"cost", "outlay", "price", "expense", "budget", "investment", "expenditure"})
_TRADE = frozenset({"export", "import", "sale", "trade", "shipment", "purchase"})
_PLACED = frozenset({FactType.CHANGE, FactType.PRODUCTION})
_MAX_THEME_TOKENS = 8
_LINKS = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART"})
"""Parts of speech that no phrase ends with."""
_ROW = frozenset({"conj", "appos", "list"})
_OF_SUMS = frozenset({"of", "in", "from"})
"""Prepositions that tell what a sum consists of, or another level."""
_OPENING = frozenset("([,;:–—-")
_MEASURES = "what the value measures"
_CARRIES = "what the sum describes"


def roles_of(draft: Draft, view: SentenceView, cues: Cues) -> tuple[Role, ...]:
    """Return the draft's roles; a mention plays at most one party role in a fact."""
    taken: set[str] = set()
    roles: list[Role] = []
    for name in _PARTY_ROLES:
        for mention in _parties(draft, name, view):
            if mention.id in taken:
                view.trace.passed(name, mention.text, "has another part in the fact")
            else:
                taken.add(mention.id)
                roles.append(Role(name, mention.id))
    if draft.gathering is not None:
        view.trace.taken(RoleName.THEME, draft.gathering.text, "the gathering that has a date beside its name")
        roles.append(Role(RoleName.THEME, draft.gathering.id))
    else:
        roles.extend(_themes(draft, view, cues, taken))
    roles.extend(Role(RoleName.PROGRAM, m.id) for m in _programs(draft, view))
    roles.extend(Role(RoleName.PLACE, m.id) for m in _places(draft, view) if m.id not in taken)
    return tuple(dict.fromkeys(roles))


def _events(draft: Draft) -> tuple[Event, ...]:
    own = () if draft.event is None else (draft.event,)
    return (*own, *(event for event in draft.absorbed if event is not draft.event))


def _parties(draft: Draft, name: RoleName, view: SentenceView) -> list[Mention]:
    """Fillers by the tree first; by a preposition elsewhere in the clause where the tree gives none."""
    events = _events(draft)
    if draft.event is not None and draft.event.type is FactType.DIRECTIVE:
        if name is RoleName.BENEFICIARY:
            return _recipients(events, view)
        events = events[:1]  # who is to act, not who orders, is the subject of what is ordered
    remnants = _remnants(draft, view)
    for function in (f for event in events for f in dict(event.trigger.roles).get(name, ()) if f in remnants):
        found = [m for head in coordinated(remnants[function]) for m in _party_at(head, view)]
        for mention in found:
            view.trace.taken(name, mention.text, "“{}” beside its value, without a verb", function)
        return found
    for route in (_fillers, _elsewhere):
        for event in events:
            for function in dict(event.trigger.roles).get(name, ()):
                found = [m for head in route(event.token, function) for m in _party_at(head, view)]
                allowed = _sides(_allowed(found, name), name, function, event)
                for mention in found:
                    hear = view.trace.taken if mention in allowed else view.trace.passed
                    hear(name, mention.text, _ROUTES[route], function_in_words(function), event.token)
                if allowed:
                    return allowed
    if name is RoleName.BENEFICIARY:
        return _helped(events, view)
    return _owners(draft, view) if name is RoleName.AGENT else []


def _remnants(draft: Draft, view: SentenceView) -> dict[str, Token]:
    """What stands beside a value where the verb is left out, by preposition ("$3 for A and $2 *for B*")."""
    values = [v for v in (draft.amount, *draft.quantities) if v is not None]
    left = [child for v in values for child in view.value_roots[v.span].children if _is_remnant(child)]
    cases = ((case.lower_, token) for token in left for case in token.children if case.dep_ == "case")
    return {case: token for case, token in cases if token.dep_ == "orphan" or case not in _OF_SUMS}


def _is_remnant(child: Token) -> bool:
    """Told as such by the tree, or a phrase behind a value that only goes on with a row of values."""
    return child.dep_ == "orphan" or (child.dep_ == "nmod" and child.head.dep_ in _ROW and child.i > child.head.i)


def _sides(mentions: list[Mention], name: RoleName, function: str, event: Event) -> list[Mention]:
    """Of "trade between A and B" the first is the agent, of "a deal between A and B" both are."""
    if function != "between" or event.type is not FactType.TRADE:
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
                found = [] if first is None else [m for head in coordinated(first) for m in _party_at(head, view)]
                if found:
                    return found
    return []


def _recipients(events: Sequence[Event], view: SentenceView) -> list[Mention]:
    """Who gets what an order says to give, sell or buy ("obliged to sell wheat *to mills*")."""
    for event in events:
        roles = dict(event.trigger.roles)
        parties = () if event is events[0] else roles.get(RoleName.COUNTERPARTY, ())
        for function in (*roles.get(RoleName.BENEFICIARY, ()), *parties):
            found = [m for head in _fillers(event.token, function) for m in _party_at(head, view)]
            for mention in found:
                words = function_in_words(function)
                view.trace.taken(RoleName.BENEFICIARY, mention.text, "{} of “{}”, which is ordered", words, event.token)
            if found:
                return found
    return []


def _owners(draft: Draft, view: SentenceView) -> list[Mention]:
    """The body or country whose output, trade or projects a fact is about, where nobody else is said to act.

    "Harran Steel's output", "sales of Harran Steel", "output at the two mills", "EU imports of steel".
    """
    event = draft.event
    if event is None or event.type not in _OWNED:
        return []
    cores = [head for name, head in arguments(event.token) if name in ("obj", "subj")]
    tokens = [event.token, *cores, *(inner.token for inner in draft.absorbed)]
    for noun in (token for token in tokens if token.pos_ in ("NOUN", "PROPN")):
        for wanted, types in _OWNERSHIP:
            found = [view.mention_at(head, types) for name, head in arguments(noun) if name in wanted]
            owners = [m for m in found if m is not None]
            if owners and (owners[0].type.top is not ThingType.PLACE or _trades(noun)):
                view.trace.taken(RoleName.AGENT, owners[0].text, "owns what the fact is about, and nobody acts")
                return owners[:1]
    return []


def _trades(noun: Token) -> bool:
    """Whether a country is an agent of what the noun says: it trades, while goods are made *in* it."""
    return noun.lemma_.lower() in _TRADE


def _fillers(predicate: Token, function: str) -> list[Token]:
    """Fillers at the predicate, then at participles that modify its objects ("contracts signed with X")."""
    heads = [token for name, first in arguments(predicate) if name == function for token in coordinated(first)]
    if heads or function in ("subj", "obj"):
        return heads
    nouns = [predicate, *(noun for name, noun in arguments(predicate) if name in ("obj", "subj"))]
    nouns += [inner for noun in nouns[1:] for name, inner in arguments(noun) if name == "of"]
    sums = [
        noun
        for noun in nouns[1:]
        if noun.lemma_.lower() in _STAKES
        or noun.pos_ in ("SYM", "NUM")
        or any(c.dep_ == "nummod" for c in noun.children)
    ]
    beside = [first for noun in sums for name, first in arguments(noun) if name == function]
    if beside:
        return [token for first in beside for token in coordinated(first)]
    modifiers = [verb for noun in nouns for verb in noun.children if base(verb) == "acl"]
    modifiers += [verb for verb in predicate.children if base(verb) in ("advcl", "xcomp") and is_passive(verb)]
    firsts = [first for verb in modifiers for name, first in arguments(verb) if name == function]
    return [token for first in firsts for token in coordinated(first)]


def _elsewhere(predicate: Token, function: str) -> list[Token]:
    if function not in _SEARCHED:
        return []
    governed = predicate.pos_ in ("NOUN", "PROPN") and predicate.head.pos_ in ("VERB", "AUX")
    start = predicate.head if governed else predicate
    return [token for first in in_clause(start, function) for token in coordinated(first)]


_ROUTES = {_fillers: "{} of “{}”", _elsewhere: "{} elsewhere in the clause of “{}”"}
"""How a party was found, in words."""


def _allowed(mentions: list[Mention], name: RoleName) -> list[Mention]:
    """Countries act ("Iran will export"), but a place is no agent beside a body, a group or a person."""
    others = [m for m in mentions if m.type.top is not ThingType.PLACE]
    return others or [m for m in mentions if name is not RoleName.AGENT or m.country is not None or m.key is not None]


def _party_at(head: Token, view: SentenceView) -> list[Mention]:
    mention = view.mention_at(head, _PARTIES)
    if mention is None and head.lemma_.lower() in _AIMS | _VENTURES:
        firsts = [owner for name, owner in arguments(head) if name in ("poss", "of", "between")]
        owners = [view.mention_at(owner, _PARTIES) for first in firsts for owner in coordinated(first)]
        known = [owner for owner in owners if owner is not None]
        if known:
            return known
    if mention is None:
        mention = next((m for child in head.children if child.dep_ == "appos" for m in _appositions(child, view)), None)
    if mention is None:
        view.trace.passed("party", head, "nobody who could act is mentioned there")
    return [] if mention is None else [mention]


def _appositions(child: Token, view: SentenceView) -> list[Mention]:
    """ "The venture, *Velmar Wind*, ..." """
    return [m for m in view.mentions_at(child, _PARTIES) if m.form is Form.NAME]


# ---- theme ---------------------------------------------------------------------------------------------------


def _themes(draft: Draft, view: SentenceView, cues: Cues, taken: set[str]) -> Iterator[Role]:
    why, heads = _theme_heads(draft, view, cues)
    if not heads:
        why, heads = "what is counted", _counted(draft, view)
    if draft.event is not None and draft.event.type is FactType.OCCURRENCE:
        heads = [head for head in heads if view.mention_at(head, (ThingType.GATHERING,)) is not None]
    for head in heads[:3]:
        mention = view.mention_at(head, (ThingType.PROGRAM, ThingType.GATHERING, ThingType.PRODUCT))
        if mention is not None and mention.id not in taken:
            view.trace.taken(RoleName.THEME, mention.text, why)
            yield Role(RoleName.THEME, mention.id)
        elif view.mention_at(head, _PARTIES) is None:
            yield from _label(head, view, why)
        else:
            view.trace.passed(RoleName.THEME, head, "{}, but names somebody", why)


def _counted(draft: Draft, view: SentenceView) -> list[Token]:
    """What is counted, where nothing else says what the fact is about ("1,100 units were revived")."""
    counted = [q for q in draft.quantities if q.kind is QuantityKind.QUANTITY and q.unit_code is None]
    roots = [view.value_roots[q.span] for q in counted]
    return [root for root in roots if root.pos_ == "NOUN"][:1]


def _label(head: Token, view: SentenceView, why: str) -> Iterator[Role]:
    first, end = phrase(head)
    while first < head.i and (view.sentence.doc[first].pos_ in ("NUM", "DET", "PUNCT", "SYM", "PRON")):
        first += 1
    first, end = _without_sums(first, end, head, view)
    if end - first > _MAX_THEME_TOKENS:
        end = head.i + 1
        first = max(first, end - _MAX_THEME_TOKENS)
    span = span_of(view.sentence.doc[first:end])
    label = view.sentence.text[span.start - view.sentence.start_char : span.end - view.sentence.start_char]
    if "\n" not in label and label:
        view.trace.taken(RoleName.THEME, label, why)
        yield Role(RoleName.THEME, None, label, span)


def _without_sums(first: int, end: int, head: Token, view: SentenceView) -> tuple[int, int]:
    """The phrase without the sums before or after its head, which the fact states apart.

    A sum that measures a noun within stays ("construction of a $5 million mill").
    """
    doc = view.sentence.doc
    for value in view.values:
        if isinstance(value, Money):
            inside = [i for i in range(first, end) if value.span.start <= doc[i].idx < value.span.end]
            if inside and inside[-1] < head.i:
                first = inside[-1] + 1
            elif inside and inside[0] > head.i and not _goes_on(doc, inside[-1] + 1, end):
                end = inside[0]
    while end > head.i + 1 and (doc[end - 1].pos_ in _LINKS or doc[end - 1].text in _OPENING):
        end -= 1
    return first, end


def _goes_on(doc: Doc, place: int, end: int) -> bool:
    """Whether a phrase that ends at `end` has its noun after a sum."""
    return place < end and (doc[place].pos_ in ("NOUN", "PROPN") or doc[place].dep_ in ("amod", "compound"))


def _theme_heads(draft: Draft, view: SentenceView, cues: Cues) -> tuple[str, list[Token]]:
    """Best candidates for the matter, and why: what the value measures, else the frame's theme functions."""
    apart = [v.span for v in view.values if isinstance(v, (Interval, Duration, Money))]
    for why, candidates in _candidate_themes(draft, view, cues):
        for head in candidates:
            for real in _through_measures(_matter(head), cues):
                if not _empty(real, cues) and not _inside(real, apart):
                    joined = [t for t in coordinated(real) if not _empty(t, cues) and not _inside(t, apart)]
                    return why, joined or [real]
                view.trace.passed(RoleName.THEME, real, "{}, but says nothing of its own", why)
    return "", []


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _matter(head: Token) -> Token:
    """What a verb that is itself a complement is about ("for making pumps", "relying on pumps" -> pumps)."""
    if head.pos_ not in ("VERB", "AUX"):
        return head
    objects = [token for name, token in arguments(head) if name not in ("subj", "comp") and token.i > head.i]
    return objects[0] if objects else head


def _costing(token: Token) -> list[Token]:
    """What is built, bought or opened "at a cost of $3 million", "with an outlay of $3 million"."""
    if token.lemma_.lower() not in _COSTS or base(token) != "obl":
        return []
    made = [head for name, head in arguments(token.head) if name == "obj"]
    return made or ([token.head.head] if base(token.head) == "acl" else [])


def _candidate_themes(draft: Draft, view: SentenceView, cues: Cues) -> Iterator[tuple[str, list[Token]]]:
    """What a fact may be about, best candidates first, each with the reason in words."""
    values = [(v, view.value_roots[v.span]) for v in (*draft.quantities, draft.amount) if v is not None]
    measured = [(root, _measured(root, isinstance(value, Money), cues)) for value, root in values]
    carriers = [_carrier(root) for value, root in values if isinstance(value, Money)]
    carried = [token for token in carriers if token is not None]
    costs = carried if draft.event is None else [draft.event.token, *carried]
    yield "what was had for the sum", [made for cost in costs for made in _costing(cost)]
    yield _MEASURES, [token for root, token in measured if token is not None and not _is_oblique(root, draft)]
    if draft.event is None or draft.event.type is not FactType.AGREEMENT:
        yield _CARRIES, carried
    deals = {event.token.i for event in _events(draft)} if _is_deal(draft) else set()
    remnants = _remnants(draft, view)
    for event in _events(draft):
        for function in dict(event.trigger.roles).get(RoleName.THEME, ()):
            heads = [head for name, head in arguments(event.token) if name == function and head.i not in deals]
            heads = [remnants[function]] if function in remnants else heads
            yield f"{function_in_words(function)} of “{event.token.text}”", heads
        if event.token.pos_ in ("NOUN", "PROPN") and event is not draft.event and not deals:
            yield "the noun of a trigger that the fact took in", [event.token]
    yield _MEASURES, [token for _, token in measured if token is not None]
    yield _CARRIES, carried
    if draft.event is not None and draft.event.token.pos_ in ("NOUN", "PROPN") and draft.event.type not in _EMPTY:
        yield "the trigger itself", [draft.event.token]


def _is_deal(draft: Draft) -> bool:
    """Whether the fact is an agreement, whose own nouns ("signed a *contract*") are no matter of it."""
    return draft.event is not None and draft.event.type is FactType.AGREEMENT


def _carrier(root: Token) -> Token | None:
    """The noun that a sum describes: "a loan *of $5 million*", "a *£7 million* dock", "deals *worth €4 million*"."""
    head = root.head
    before = root.nbor(-1) if root.i else root
    for worth in (head, before):
        if worth.lemma_.lower() == "worth" and base(worth) in ("acl", "amod", "advcl"):
            return worth.head if worth.head.pos_ in ("NOUN", "PROPN") else None
    cases = {child.lower_ for child in root.children if child.dep_ == "case"}
    describes = base(root) in ("compound", "nummod", "amod") or (base(root) == "nmod" and cases <= {"of"})
    return head if describes and head.pos_ in ("NOUN", "PROPN") and head.i != root.i else None


def _is_oblique(root: Token, draft: Draft) -> bool:
    """Whether the value stands in a circumstance of the event ("implemented *in eight areas*")."""
    below = root
    for governor in governors(root):
        if governor.i == draft.anchor.i:
            return base(below) == "obl"
        below = governor
    return False


def _measured(root: Token, is_money: bool, cues: Cues) -> Token | None:
    """The noun that a sum or quantity measures: "€5 million worth of pumps", "$2 billion in grants", "44 parts".

    Also what it is said to be: "4 trillion rials was working capital".
    """
    beside = [t for t in (*root.children, *root.head.children) if t.i > root.i and t.lemma_.lower() == "worth"]
    for token in (root, root.head, *beside):
        if token.pos_ in ("NOUN", "SYM", "NUM", "PROPN"):
            of = [head for name, head in arguments(token) if name == "of" and head.i > root.i]
            kinds = [h for name, h in arguments(token) if name == "in" and h.lemma_.lower() in cues.kinds_of_money]
            if of or (is_money and kinds):
                return (of or kinds)[0]
    if root.dep_ == "nsubj" and root.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in root.head.children):
        return root.head
    return root if root.pos_ in ("NOUN", "PROPN") and not is_money else None


def _through_measures(head: Token, cues: Cues, depth: int = 0) -> Iterator[Token]:
    """Yield the noun behind empty measure nouns ("the value of exports" -> exports), else the noun itself."""
    lemma = head.lemma_.lower()
    if depth < 3 and (lemma in cues.measures or lemma in cues.placeholders or head.pos_ in ("NUM", "SYM")):
        for name, inner in arguments(head):
            if name == "of" and inner.i > head.i:
                yield from _through_measures(inner, cues, depth + 1)
    if head.pos_ in ("NOUN", "PROPN", "ADJ") or depth == 0:
        yield head


def _empty(head: Token, cues: Cues) -> bool:
    if head.pos_ not in ("NOUN", "PROPN"):
        return True
    lemma = head.lemma_.lower()
    specified = any(child.dep_ == "compound" for child in head.children)  # "television sets" are no sets of something
    return lemma in cues.placeholders or (lemma in cues.measures and not specified)


# ---- program and place ---------------------------------------------------------------------------------------


def _programs(draft: Draft, view: SentenceView) -> list[Mention]:
    clause = _clause_of(draft)
    found = []
    for mention in view.mentions:
        if mention.type.top is ThingType.PROGRAM and not _describes_person(view.roots[mention.id], view):
            found.append(mention)
    within = [mention for mention in found if _within_reach(view.roots[mention.id], clause)]
    chosen = within[:2] or (found if len(found) == 1 else [])
    for mention in found:
        hear = view.trace.taken if mention in chosen else view.trace.passed
        hear(RoleName.PROGRAM, mention.text, "in the clause" if mention in within else "elsewhere in the sentence")
    return chosen


def _describes_person(root: Token, view: SentenceView) -> bool:
    """ "X, who heads *the export desk*": a program that tells who somebody is."""
    asides = [governor.head for governor in governors(root) if governor.dep_ in ("acl:relcl", "appos")]
    return any(view.mention_at(person, (ThingType.PERSON,)) is not None for person in asides)


def _places(draft: Draft, view: SentenceView) -> list[Mention]:
    anchor = draft.anchor
    found = []
    for mention in view.mentions:
        if mention.type.top is not ThingType.PLACE or mention.form is not Form.NAME:
            continue
        root = view.roots[mention.id]
        case = next((child.lower_ for child in root.children if child.dep_ == "case" and child.i < root.i), "")
        while (base(root) in ("conj", "appos") and not case) or (case == "of" and root.head.pos_ in ("NOUN", "PROPN")):
            root = root.head
            case = next((child.lower_ for child in root.children if child.dep_ == "case" and child.i < root.i), "")
        if case in _PLACE_PREPOSITIONS and _hangs_on(root, anchor, draft):
            view.trace.taken(RoleName.PLACE, mention.text, "stands after “{}” in the clause", case)
            found.append(mention)
        elif _owns_core(root, draft):
            view.trace.taken(RoleName.PLACE, mention.text, "owns what changes or is made")
            found.append(mention)
        else:
            view.trace.passed(RoleName.PLACE, mention.text, "does not say where “{}” is", anchor)
    return found


def _owns_core(root: Token, draft: Draft) -> bool:
    """ "The country's car market will grow": the owner of what changes or is made says where."""
    event = draft.event
    if root.dep_ != "nmod:poss" or event is None or event.type not in _PLACED:
        return False
    return any(head.i == root.head.i for name, head in arguments(event.token) if name in ("subj", "obj"))


def _hangs_on(root: Token, anchor: Token, draft: Draft) -> bool:
    path = [g.i for g in governors(root)]
    tokens = {anchor.i, *(event.token.i for event in _events(draft))}
    if tokens & set(path):
        return True
    predicate = next((g for g in governors(root) if g.pos_ in ("VERB", "AUX")), None)
    return predicate is not None and predicate.i in {g.i for g in governors(anchor)}


def _clause_of(draft: Draft) -> Token:
    """The verb whose clause holds the draft's anchor."""
    token = draft.anchor
    for governor in governors(token):
        if governor.pos_ in ("VERB", "AUX"):
            return governor
    return token


def _within_reach(root: Token, clause: Token) -> bool:
    return any(g.i == clause.i for g in governors(root))
