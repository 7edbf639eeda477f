"""Fills the theme of a draft: what is signed for, saved by, made, bought or changed.

What a value measures comes first ("40 tons *of wire*"), then what the frame's functions name, then the trigger itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Token

from indiggraph.facts.binding import Draft, remnants_of
from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import (
    arguments,
    base,
    coordinated,
    function_in_words,
    governors,
    in_clause,
    phrase,
)
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView, span_of
from indiggraph.lexicon import singular
from indiggraph.model import (
    Duration,
    FactType,
    Form,
    Interval,
    Mention,
    Money,
    Quantity,
    QuantityKind,
    Role,
    RoleName,
    Span,
    ThingType,
)

__all__ = ["matters_of", "themes_of"]

_PARTIES = (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PERSON, ThingType.PLACE)
_KINDS = frozenset({ThingType.GROUP, ThingType.PLACE})
"""Parties without a name that a fact may be about ("12 *industrial towns*", "2,000 *engineers*")."""
_EMPTY = frozenset({FactType.CHANGE, FactType.AGREEMENT, FactType.DIRECTIVE})
"""Types whose nouns ("rise", "contract") say no more about the matter than the type does."""
_COSTS = frozenset({"cost", "outlay", "price", "expense", "budget", "investment", "expenditure"})
_PURSES = frozenset({"expenditure", "spending", "budget", "income", "revenue", "turnover", "profit", "earnings", "gdp"})
"""What a share is put in or paid out of ("put 5 percent of *turnover* into research")."""
_MAX_TOKENS = 8
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_WITHIN = frozenset({"compound", "flat", "fixed", "goeswith"})
"""Relations of words that only are parts of a noun."""
_LINKS = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART"})
"""Parts of speech that no phrase ends with."""
_OPENING = frozenset("([,;:–—-")
_OBJECTS = frozenset({"on", "for", "against"})
_MEASURES = "what the value measures"
_CARRIES = "what the sum describes"


def themes_of(draft: Draft, view: SentenceView, cues: Cues, taken: Collection[str]) -> Iterator[Role]:
    """Yield the roles of what a draft is about; ``taken`` are the ids of mentions that have another part in it."""
    why, heads = _theme_heads(draft, view, cues)
    if not heads:
        why, heads = "what is counted", _counted(draft, view)
    if draft.event is not None and draft.event.type is FactType.OCCURRENCE:
        why, heads = "what is held", _held(draft.event, view)
    if not heads and _founds(draft):
        why, heads = "what is opened", _opened(draft)
    if not heads:
        yield from _elided(draft, view, cues)
    for head in heads[:3]:
        mention = view.mention_at(head, (ThingType.PROGRAM, ThingType.GATHERING, ThingType.PRODUCT))
        if mention is not None and mention.id not in taken:
            view.trace.taken(RoleName.THEME, mention.text, why)
            yield Role(RoleName.THEME, mention.id)
        elif (body := view.mention_at(head, _PARTIES)) is None or (body.form is not Form.NAME and _founds(draft)):
            yield from _label(head, view, why)
        elif _founds(draft) and body.id not in taken:
            view.trace.taken(RoleName.THEME, body.text, why)
            yield Role(RoleName.THEME, body.id)
        else:
            view.trace.passed(RoleName.THEME, head, "{}, but names somebody", why)


def _founds(draft: Draft) -> bool:
    """Whether a body may be what a fact is about: "*Norvik Steel* was founded in 1987"."""
    return draft.event is not None and draft.event.type is FactType.ESTABLISHMENT and not draft.quantities


def _opened(draft: Draft) -> list[Token]:
    """ "The second *unit* came on stream": a noun that is no matter of other facts is one of what is set up."""
    event = draft.event
    functions = () if event is None else dict(event.trigger.roles).get(RoleName.THEME, ())
    return [
        head
        for function in functions
        for name, head in (() if event is None else arguments(event.token))
        if name == function and head.pos_ == "NOUN"
    ]


def _may_be_matter(party: Mention | None, draft: Draft, taken: Collection[str]) -> bool:
    """Whether a word names nobody, or a kind of people, firms or places that does nothing else in the fact.

    What changes or is set up is the matter also where it has another part ("*idle units* fell to 12").
    """
    if party is None:
        return True
    counted = draft.event is not None and draft.event.type in (FactType.CHANGE, FactType.ESTABLISHMENT)
    return party.form is Form.NOMINAL and party.type in _KINDS and (counted or party.id not in taken)


def _held(event: Event, view: SentenceView) -> list[Token]:
    """The gatherings that an event of theirs is told of, whoever or whatever is counted at them."""
    functions = dict(event.trigger.roles).get(RoleName.THEME, ())
    found = [(name, head) for function in functions for name, head in arguments(event.token) if name == function]
    gatherings = [head for _, head in found if view.mention_at(head, (ThingType.GATHERING,)) is not None]
    needed = dict(event.trigger.needs)
    return gatherings or [head for name, head in found if head.lemma_.lower() in needed.get(name, ())]


def _counted(draft: Draft, view: SentenceView) -> list[Token]:
    """What is counted, where nothing else says what the fact is about ("1,100 units were revived")."""
    counted = [q for q in draft.quantities if q.kind is QuantityKind.QUANTITY and q.unit_code is None]
    roots = [view.value_roots[q.span] for q in counted]
    return [root for root in roots if root.pos_ == "NOUN"][:1]


def _tellings(value: Span, view: SentenceView) -> Iterator[str]:
    """The sentence of a value, and the one that tells its unit where another does, in lower case."""
    yield view.sentence.text.lower()
    if (told := view.units_told.get(value)) is not None:
        yield view.sentence.doc.text[told.start : told.end].lower()


def _elided(draft: Draft, view: SentenceView, cues: Cues) -> Iterator[Role]:
    """The goods that a bare number counts as one before it told them ("made 8,200 pumps. It sold *3,100*")."""
    empty = cues.measures | cues.placeholders
    for quantity in draft.quantities:
        unit = (quantity.unit or "").lower()
        told = any(unit in text for text in _tellings(quantity.span, view))  # no "people" of "employs 40"
        elided = bool(unit) and told and quantity.unit_code is None and unit not in quantity.text.lower()
        if elided and quantity.kind is QuantityKind.QUANTITY and singular(unit.rpartition(" ")[2]) not in empty:
            view.trace.taken(RoleName.THEME, quantity.unit, "what a number counts that names nothing")
            yield Role(RoleName.THEME, None, quantity.unit)


def matters_of(view: SentenceView) -> Iterator[tuple[Token, Role]]:
    """Yield the nouns of a sentence that may be what a fact is about, each with the role that it would have."""
    for token in view.sentence:
        if token.pos_ not in ("NOUN", "PROPN") or base(token) in _WITHIN or _is_sum_or_time(token, view):
            continue
        mention = view.mention_at(token, (ThingType.PROGRAM, ThingType.GATHERING, ThingType.PRODUCT))
        party = view.mention_at(token, _PARTIES)
        if mention is not None:
            yield token, Role(RoleName.THEME, mention.id)
        elif party is None or party.form is not Form.NAME:
            role = _labelled(token, view)
            if role is not None:
                yield token, role


def _is_sum_or_time(token: Token, view: SentenceView) -> bool:
    told = [v.span for v in view.values if isinstance(v, (Interval, Duration, Money))]
    return _inside(token, told)


def _label(head: Token, view: SentenceView, why: str) -> Iterator[Role]:
    role = _labelled(head, view)
    if role is not None:
        view.trace.taken(RoleName.THEME, role.label, why)
        yield role


def _labelled(head: Token, view: SentenceView) -> Role | None:
    """The role of a noun with the words that belong to it; none of a phrase that lines part."""
    first, end = phrase(head)
    end = _with_object(head, end, view)
    while first < head.i and _tells_nothing(view.sentence.doc[first]):
        first += 1
    first, end = _without_sums(first, end, head, view)
    if end - first > _MAX_TOKENS:
        end = min(_with_part(head), first + _MAX_TOKENS)
        first = max(first, end - _MAX_TOKENS)
    span = span_of(view.sentence.doc[first:end])
    label = view.sentence.text[span.start - view.sentence.start_char : span.end - view.sentence.start_char]
    return Role(RoleName.THEME, None, label, span) if "\n" not in label and label else None


def _with_part(head: Token) -> int:
    """The end of a noun with what stands behind "of": "construction *of eight tugs*" of a longer phrase."""
    parts = [token for name, token in arguments(head) if name == "of" and token.i > head.i]
    return parts[0].i + 1 if parts else head.i + 1


def _tells_nothing(token: Token) -> bool:
    """Whether a word before a noun is an article, a number or a mark, not the first one of "28-nanometer"."""
    hedge = token.pos_ in ("ADP", "ADV") and token.head.i != token.i
    return (hedge or token.pos_ in ("NUM", "DET", "PUNCT", "SYM", "PRON")) and token.nbor(1).text != "-"


def _with_object(head: Token, end: int, view: SentenceView) -> int:
    """The end of a phrase with what a rule, a price or a tax is on ("ban *on used buses*", "target *for blades*")."""
    for child in head.children:
        opener = child.left_edge
        if base(child) != "nmod" or opener.i != end or opener.lower_ not in _OBJECTS:
            continue
        if view.mention_at(child, (*_PARTIES, ThingType.PROGRAM)) is None and not view.is_value(child):
            return phrase(child)[1]
    return end


def _without_sums(first: int, end: int, head: Token, view: SentenceView) -> tuple[int, int]:
    """The phrase without the sums and shares before or after its head, which the fact states apart.

    A sum that measures a noun within stays ("construction of a $5 million mill").
    """
    doc = view.sentence.doc
    for value in view.values:
        share = isinstance(value, Quantity) and value.kind is QuantityKind.PERCENT
        if share or isinstance(value, Money):
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
    """Best candidates for the matter, and why: what the value measures, else the frame's theme functions.

    A vague noun ("contract", "capacity") counts only where no other candidate says more.
    """
    told = [v.span for v in view.values if isinstance(v, (Interval, Duration, Money))]
    own = -1 if draft.event is None else draft.event.token.idx
    apart = [span for span in told if not span.start <= own < span.end]  # "since *the ban took effect* in 2018"
    found = list(_candidate_themes(draft, view, cues))
    for vague in (frozenset[str](), cues.vague):
        for why, candidates in found:
            for head in candidates:
                for real in _through_measures(_matter(head), cues):
                    if not _empty(real, cues, vague) and not _inside(real, apart):
                        row = (t for t in coordinated(real) if not _empty(t, cues, vague) and not _inside(t, apart))
                        return why, [t for t in row if t.i == real.i or not _has_own_value(t, draft, view)]
                    if vague:
                        view.trace.passed(RoleName.THEME, real, "{}, but says nothing of its own", why)
    return "", []


def _has_own_value(token: Token, draft: Draft, view: SentenceView) -> bool:
    """Whether a noun in a row has a value beside the draft's ("8 pumps and *3 mills*", "a dock and a *road (£3)*")."""
    own = {v.span for v in (draft.amount, *draft.quantities) if v is not None}
    roots = {root.i for span, root in view.value_roots.items() if span not in own}
    times = {view.value_roots[v.span].i for v in view.values if isinstance(v, (Interval, Duration))}
    return not roots.isdisjoint({token.i, *(child.i for child in token.children)} - times)


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _matter(head: Token) -> Token:
    """What a verb that is itself a complement is about ("for making pumps", "relying on pumps" -> pumps)."""
    if head.pos_ not in ("VERB", "AUX"):
        return head
    after = [(name, token) for name, token in arguments(head) if name != "subj" and token.i > head.i]
    objects = [token for name, token in after if name != "comp"]
    return objects[0] if objects else _matter(after[0][1]) if after else head


def _costing(token: Token) -> list[Token]:
    """What is built, opened or grows "at a cost of $3 million", "with an outlay of $3 million"."""
    if token.lemma_.lower() not in _COSTS or base(token) not in ("obl", "nmod"):
        return []
    if base(token) == "nmod":
        cases = {child.lower_ for child in token.children if child.dep_ == "case"}
        return [_worked_on(token.head)] if cases & {"at", "with"} else []
    made = [_worked_on(head) for name, head in arguments(token.head) if name == "obj"]
    made = made or [head for name, head in arguments(token.head) if name == "subj"]
    return made or ([token.head.head] if base(token.head) == "acl" else [])


def _worked_on(noun: Token) -> Token:
    """ "Work on *a mill*": what stands behind "on" at a noun of work, else the noun."""
    return next((head for name, head in arguments(noun) if name == "on"), noun)


def _candidate_themes(draft: Draft, view: SentenceView, cues: Cues) -> Iterator[tuple[str, list[Token]]]:
    """What a fact may be about, best candidates first, each with the reason in words."""
    known = [(v, view.value_roots[v.span]) for v in (*draft.quantities, draft.amount) if v is not None]
    values = [(v, root) for v, root in known if isinstance(v, Money) or view.mention_at(root, _PARTIES) is None]
    measured = [(root, _measured(root, value, cues)) for value, root in values]
    carriers = [_carrier(root) for value, root in values if isinstance(value, Money)]
    carried = [token for token in carriers if token is not None]
    costs = carried if draft.event is None else [draft.event.token, *carried]
    yield "what was had for the sum", [made for cost in costs for made in _costing(cost)]
    if not _is_about_subject(draft.event):
        yield _MEASURES, [token for root, token in measured if token is not None and not _is_oblique(root, draft)]
    if draft.event is None or draft.event.type is not FactType.AGREEMENT:
        yield _CARRIES, carried
    deals = {event.token.i for event in draft.events} if _is_deal(draft) else set()
    remnants = remnants_of(draft, view)
    for event in draft.events:
        for function in dict(event.trigger.roles).get(RoleName.THEME, ()):
            heads = [head for name, head in arguments(event.token) if name == function and head.i not in deals]
            heads = [remnants[function]] if function in remnants else heads
            yield f"{function_in_words(function)} of “{event.token.text}”", heads
        if event.token.pos_ in ("NOUN", "PROPN") and event is not draft.event and not deals:
            yield "the noun of a trigger that the fact took in", [event.token]
    yield _MEASURES, [token for _, token in measured if token is not None]
    yield _CARRIES, carried
    if draft.event is None:
        yield "what the sum is for", [head for _, root in values for head in _aimed_at(root)]
    for event in draft.events if known or deals else ():
        aims = [token for name in ("for", "on") for token in in_clause(event.token, name)]
        yield "what it is for", _matters(aims, view)
    if draft.amount is not None:
        yield "what it is to do", _matters(_purposes(view.value_roots[draft.amount.span], draft), view)
    yield "what the value stands with", [head for _, root in known for head in _above(root, view)]
    if deals:
        yield "the deal itself", [e.token for e in draft.events if e.token.pos_ == "NOUN"]
    if draft.event is not None and draft.event.token.pos_ in ("NOUN", "PROPN") and draft.event.type not in _EMPTY:
        yield "the trigger itself", [draft.event.token]


def _above(root: Token, view: SentenceView) -> list[Token]:
    """The nouns over a value ("*Zinc*: 41 tons", "a *road* ($8 million)"), else what its verb is about."""
    above: list[Token] = []
    for governor in governors(root):
        if governor.pos_ in ("NOUN", "PROPN"):
            above.append(governor)
        subjects = [child for child in governor.children if child.dep_ in _SUBJECTS]
        if governor.pos_ in ("VERB", "AUX") or subjects:
            after = [token for name, token in arguments(governor) if name in ("obj", "for", "on") and token.i != root.i]
            return _matters([*above, *after, *subjects], view)
    return _matters(above, view)


def _matters(tokens: Sequence[Token], view: SentenceView) -> list[Token]:
    """Those of some words that are no party and no value."""
    roots = {root.i for root in view.value_roots.values()}
    parties = (*_PARTIES, ThingType.PROGRAM)
    return [t for t in tokens if t.i not in roots and view.mention_at(_matter(t), parties) is None]


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


def _is_about_subject(event: Event | None) -> bool:
    """Whether a verb tells something of its subject, whatever is measured ("*yarn* makes up 4 tons of exports")."""
    if event is None or event.token.pos_ != "VERB":
        return False
    return event.type is FactType.CHANGE or dict(event.trigger.roles).get(RoleName.THEME, ())[:1] == ("subj",)


def _aimed_at(root: Token) -> list[Token]:
    """ "Wants $3 million *for a reserve*": what stands behind "for" at a sum or at the verb that has it."""
    verbs = [root.head] if root.head.pos_ == "VERB" else []
    return [head for token in (root, *verbs) for name, head in arguments(token) if name == "for" and head.i > root.i]


def _purposes(root: Token, draft: Draft) -> list[Token]:
    """ "Set aside $3 million *to replace pumps*", "$3 million to build *a dock*": verbs of what a sum is to do."""
    verb = next((governor for governor in governors(root) if governor.pos_ == "VERB"), None)
    own = [event.token for event in draft.events if event.token.pos_ == "VERB"]
    verbs = {token.i: token for token in (*own, verb) if token is not None}
    aims = [clause for token in verbs.values() for name, clause in arguments(token) if name == "purpose"]
    return [clause for clause in (*_infinitives(root), *aims) if clause.i > root.i]


def _infinitives(noun: Token) -> list[Token]:
    return [clause for name, clause in arguments(noun) if name in ("comp", "purpose")]


def _is_oblique(root: Token, draft: Draft) -> bool:
    """Whether the value stands in a circumstance of the event ("implemented *in eight areas*")."""
    below = root
    for governor in governors(root):
        if governor.i == draft.anchor.i:
            return base(below) == "obl"
        below = governor
    return False


def _measured(root: Token, value: Money | Quantity, cues: Cues) -> Token | None:
    """The noun that a sum or quantity measures: "€5 million worth of pumps", "$2 billion in grants", "44 parts".

    Also what it is said to be: "4 trillion rials was working capital".
    """
    is_money = isinstance(value, Money)
    if isinstance(value, Quantity) and _is_counted(root, value, cues):
        return root
    beside = [t for t in (*root.children, *root.head.children) if t.i > root.i and t.lemma_.lower() == "worth"]
    if not is_money and any(h.lemma_.lower() in _PURSES for name, h in arguments(root) if name == "of"):
        return None
    for token in (root, root.head, *beside):
        if token.pos_ in ("NOUN", "SYM", "NUM", "PROPN"):
            of = [head for name, head in arguments(token) if name == "of" and head.i > root.i]
            kinds = _kinds_of_money(token, cues)
            if of or (is_money and kinds):
                return _meant((of or kinds)[0])
    if root.dep_ == "nsubj" and root.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in root.head.children):
        return root.head
    return root if root.pos_ in ("NOUN", "PROPN") and not is_money else None


def _meant(token: Token) -> Token:
    """The noun that "of which" stands for."""
    clauses = (g for g in governors(token) if g.dep_ == "acl:relcl") if token.lower_ in ("which", "whom") else ()
    return next((clause.head for clause in clauses), token)


def _kinds_of_money(token: Token, cues: Cues) -> list[Token]:
    """What money is, behind the sum or the object it hangs on ("savings of $4 million *in foreign exchange*")."""
    verb = token.head.head if base(token.head) == "obj" else token
    inside = [head for part in (token, verb) for name, head in arguments(part) if name == "in" and head.i > token.i]
    return [head for head in inside if head.lemma_.lower() in cues.kinds_of_money]


def _is_counted(root: Token, value: Quantity, cues: Cues) -> bool:
    """Whether a number counts things, not measures of them ("11 *mills* of the district", not "11 tons of it")."""
    plain = value.kind is QuantityKind.QUANTITY and value.unit_code is None
    return plain and root.pos_ == "NOUN" and root.lemma_.lower() not in cues.measures


def _through_measures(head: Token, cues: Cues, depth: int = 0) -> Iterator[Token]:
    """Yield the noun behind empty measure nouns ("the value of exports" -> exports), else the noun itself."""
    lemma = head.lemma_.lower()
    if depth < 3 and (lemma in cues.measures or lemma in cues.placeholders or head.pos_ in ("NUM", "SYM")):
        for name, inner in arguments(head):
            if name == "of" and inner.i > head.i:
                yield from _through_measures(inner, cues, depth + 1)
    if head.pos_ in ("NOUN", "PROPN", "ADJ") or depth == 0:
        yield head


def _empty(head: Token, cues: Cues, allowed: frozenset[str]) -> bool:
    """Whether a word is no noun, or one that says nothing; vague nouns only count where they are allowed."""
    if head.pos_ not in ("NOUN", "PROPN"):
        return True
    lemma = head.lemma_.lower()
    if lemma in cues.vague - allowed or (lemma in cues.hollow and not _is_specified(head, cues)):
        return True
    specified = any(child.dep_ == "compound" for child in head.children)  # "television sets" are no sets of something
    return lemma in cues.placeholders or (lemma in cues.measures and not specified)


def _is_specified(head: Token, cues: Cues) -> bool:
    """Whether a noun tells what kind it is or what it is of ("*price* rise", "rise in *exports*", not "rise of 4%")."""
    empty = cues.placeholders | cues.measures
    nouns = [c for c in head.children if c.dep_ == "compound" or base(c) == "nmod"]
    return any(noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() not in empty for noun in nouns)
