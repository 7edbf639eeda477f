"""Which places of a sentence are where a fact takes place.

A place counts that stands behind a preposition in the event's own clause, or that owns what is made or changes.  Where
a party is at home, where something was said, and what another clause has for itself say nothing of where the event is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import load_cues
from indiggraph.facts.statements import Statement
from indiggraph.facts.syntax import arguments, base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import FactType, Form, Mention, Money, Quantity, ThingType

__all__ = ["places_of"]

_PREPOSITIONS = frozenset({"in", "at", "near", "across", "throughout"})
_INTO = frozenset({"into", "to"})
_MODIFIERS = frozenset({"compound", "nmod:poss", "nmod:desc", "amod"})
_PARTIES = (ThingType.ORGANIZATION, ThingType.GROUP, ThingType.PERSON)
_OWNED = frozenset({FactType.CHANGE, FactType.PRODUCTION, FactType.ESTABLISHMENT})
"""Types whose matter's owner says where."""
_MEASURED = frozenset({FactType.CHANGE, FactType.PRODUCTION, FactType.TRADE})
"""Types that tell figures of a country's industries and markets."""
_COMPARED = frozenset({"than", "against", "versus", "compared"})
_PARTS = frozenset({"province", "city", "region", "town", "county", "district", "island"})
_BESIDE = frozenset({"conj", "advcl", "parataxis"})
"""Clauses beside another one."""


def places_of(draft: Draft, view: SentenceView, said: Sequence[Statement]) -> list[Mention]:
    """Return the places of a draft; ``said`` are the statements of its sentence."""
    spoken = {statement.verb.i for statement in said if statement.verb is not None}
    found: list[Mention] = [*_pointed_at(draft, view, spoken)]
    for mention in view.mentions:
        if mention.type.top is not ThingType.PLACE or not _is_known(mention, view):
            continue
        root, case = _head(view.roots[mention.id], draft, view)
        if found and _goes_on(found[-1], mention, view):
            view.trace.taken("place", mention.text, "stands right behind “{}”", found[-1].text)
            found.append(mention)
            continue
        if _is_of_other_item(mention, root, draft, view):
            view.trace.passed("place", mention.text, "stands in another item of the list")
            continue
        owner = _owner(mention, view)
        if owner is not None and owner not in _values(draft) and any(type(owner) is type(v) for v in _values(draft)):
            view.trace.passed("place", mention.text, "stands right behind another value")
            continue
        if owner is not None and owner in _values(draft):
            view.trace.taken("place", mention.text, "stands right behind the value")
        elif _heads_list(mention, draft, view):
            view.trace.taken("place", mention.text, "heads the list that it is told in")
        elif case in _PREPOSITIONS and _is_of(root, draft, view, spoken):
            view.trace.taken("place", mention.text, "stands after “{}” in the clause", case)
        elif _is_where(mention, draft, view):
            view.trace.taken("place", mention.text, "is where it is, by the clause that follows it")
        elif _owns_core(root, draft):
            view.trace.taken("place", mention.text, "owns what changes or is made")
        else:
            view.trace.passed("place", mention.text, "does not say where “{}” is", draft.anchor)
            continue
        found.append(mention)
    return found


def _pointed_at(draft: Draft, view: SentenceView, spoken: set[int]) -> Iterator[Mention]:
    """The places that "here" and "there" stand for in the draft's clause."""
    for token in view.sentence:
        for mention in view.stand_ins.get(token.i, ()):
            if mention.type.top is ThingType.PLACE and token.pos_ == "ADV" and _is_of(token, draft, view, spoken):
                view.trace.taken("place", mention.text, "is what “{}” stands for", token)
                yield mention


def _is_of_other_item(mention: Mention, root: Token, draft: Draft, view: SentenceView) -> bool:
    """Whether a place stands in another item of a list than the draft's own value."""
    own = [value.span for value in _values(draft)]
    if not own:
        return False
    start = view.sentence.start_char
    first, last = min((mention.span, own[0])), max((mention.span, own[0]))
    if ";" in view.sentence.text[first.end - start : last.start - start]:
        return not _heads_list(mention, draft, view)
    mine = _items(view.value_roots[own[0]])
    others = [item for item in _items(root) if item.i not in {m.i for m in mine} and item.i != root.i]
    return any(_is_told_place(item, view) for item in mine) and any(item.dep_ == "conj" for item in others)


def _items(token: Token) -> list[Token]:
    """The nouns of a list above a token, up to the verb: "a plant with 5 tons and a *smelter* in Harran"."""
    above = []
    for governor in governors(token):
        if governor.pos_ in ("VERB", "AUX"):
            break
        above.append(governor)
    return [noun for noun in above if noun.dep_ == "conj" or any(child.dep_ == "conj" for child in noun.children)]


def _is_told_place(item: Token, view: SentenceView) -> bool:
    """Whether an item of a list has a place of its own right at its noun."""
    return any(
        _case(child) in _PREPOSITIONS and child.pos_ == "PROPN" and not view.is_value(child) for child in item.children
    )


def _values(draft: Draft) -> list[Money | Quantity]:
    return [value for value in (draft.amount, *draft.quantities) if value is not None]


def _owner(mention: Mention, view: SentenceView) -> Money | Quantity | None:
    """The value that a place stands right behind ("3 million *in Harran*, 2 million *in Velmar*")."""
    start = view.sentence.start_char
    for value in view.values:
        if isinstance(value, (Money, Quantity)) and value.span.end < mention.span.start:
            between = view.sentence.text[value.span.end - start : mention.span.start - start]
            if between.strip() in ("in", "at", "in the"):
                return value
    return None


def _heads_list(mention: Mention, draft: Draft, view: SentenceView) -> bool:
    """ "Then came *Harran*: a mill (5 tons)"; "Norvik Pumps (*Harran*; 5 tons)": what follows is there."""
    text, start = view.sentence.text, view.sentence.start_char
    before, behind = text[: mention.span.start - start], text[mention.span.end - start :]
    later = [value for value in _values(draft) if value.span.start > mention.span.end]
    if not later or mention.span.start < view.begin:
        return False
    if behind.startswith(":"):
        return True
    bracket = text[mention.span.start - start : later[0].span.start - start]
    return before.endswith("(") and ";" in bracket and ")" not in bracket


def _is_known(mention: Mention, view: SentenceView) -> bool:
    """Whether a place is named, or told by a word for a part of a country ("in the province")."""
    return mention.form is Form.NAME or view.roots[mention.id].lemma_.lower() in _PARTS


def _head(root: Token, draft: Draft, view: SentenceView) -> tuple[Token, str]:
    """The token whose preposition says what the place is to the sentence, and that preposition."""
    case = _case(root)
    while (base(root) in ("conj", "appos") and not case) or (case == "of" and root.head.pos_ in ("NOUN", "PROPN")):
        root = root.head
        case = _case(root)
    if root.dep_ in _MODIFIERS and root.head.lemma_.lower() in load_cues().sets.facilities:
        case = _case(root.head)  # "at the Harran unit", "into its Harran works"
        return root.head, "at" if case in _INTO else case
    measured = draft.event is not None and draft.event.type in _MEASURED
    if (
        measured and root.dep_ == "nmod:poss" and view.mention_at(root.head, _PARTIES) is None
    ):  # "in Valmora's pump industry"
        return root.head if _case(root.head) else root, _case(root.head)
    return root, case


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == "case" and child.i < token.i), "")


def _goes_on(before: Mention, mention: Mention, view: SentenceView) -> bool:
    """ "In Harran, *Velmaria*", "in Harran and *Velmar*": the region behind a town, the other one of a pair."""
    start = view.sentence.start_char
    between = view.sentence.text[before.span.end - start : mention.span.start - start]
    return between in (", ", " and ") and view.roots[mention.id].dep_ != "nmod:poss"


def _owns_core(root: Token, draft: Draft) -> bool:
    """ "Valmora's car market will grow", "60 mines of Harran reopened": the owner of what changes says where."""
    event = draft.event
    if root.head.lemma_.lower() in load_cues().sets.makers:
        return False  # "Harran's carmakers made 4 tons"
    if event is None or event.type not in _OWNED or (root.dep_ != "nmod:poss" and _case(root) != "of"):
        return False
    return any(head.i == root.head.i for name, head in arguments(event.token) if name in ("subj", "obj"))


def _is_where(mention: Mention, draft: Draft, view: SentenceView) -> bool:
    """ "In Harran, *where* 13 tankers are on order"; "a mill *in Harran* that cost $4 million"."""
    clause = next((g for g in governors(draft.anchor) if g.dep_ == "acl:relcl"), None)
    if clause is not None and _case(view.roots[mention.id]) in _PREPOSITIONS:
        place = view.sentence.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if place is not None and clause.left_edge.i == place.end and clause.head.i < place.start:
            return True  # wherever the tree hangs the place
    where = None if clause is None else next((child for child in clause.children if child.lower_ == "where"), None)
    start = view.sentence.start_char
    return where is not None and view.sentence.text[mention.span.end - start : where.idx - start] in (", ", " ")


# ---- whose place it is ---------------------------------------------------------------------------------------------


def _is_of(root: Token, draft: Draft, view: SentenceView, spoken: set[int]) -> bool:
    """Whether a place is in the draft's clause: below its event, or below the verb that governs both."""
    own = {draft.anchor.i, *(event.token.i for event in draft.events)}
    up = {g.i: g for g in governors(draft.anchor)}
    path: list[Token] = []
    for governor in governors(root):
        if governor.i in own:
            return not _is_apart(path, draft, view)
        if governor.i in up:
            break
        path.append(governor)
    else:
        return False
    if _is_apart(path, draft, view):
        return False
    if governor.pos_ in ("NOUN", "PROPN"):  # "a £3 million hall in Harran", "a mill in Harran that will make 5 tons"
        return True
    verb = next((token for token in (*path, governor) if token.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.i not in up or (verb.i in spoken and not _is_gathering(draft)):
        return False
    return not _in_own_clause(draft.anchor, verb, root)


def _is_apart(path: Sequence[Token], draft: Draft, view: SentenceView) -> bool:
    """Whether the way up from a place leaves a relative clause, a party's aside or a value compared with."""
    mine = _values(draft)
    own = {view.value_roots[v.span].i for v in mine}
    sums = {view.value_roots[v.span].i for v in view.values if isinstance(v, (Money, Quantity))} - own
    like = {view.value_roots[v.span].i for v in view.values if isinstance(v, Money) and draft.amount} - own
    for token in path:
        if token.i in own:
            return False
        if token.dep_ == "acl:relcl":
            return True
        if token.lemma_.lower() in load_cues().sets.makers:
            return True
        if base(token) == "appos" and view.mention_at(token.head, _PARTIES) is not None:
            return True
        if token.i in like or (token.i in sums and (_case(token) in _COMPARED or token.head.lower_ in _COMPARED)):
            return True
        if base(token) == "acl" and view.mention_at(token.head, (ThingType.GATHERING,)) is not None:
            return not _is_gathering(draft)
    return False


def _is_gathering(draft: Draft) -> bool:
    """Whether a fact is that something is held, which is where people speak."""
    return draft.gathering is not None or (draft.event is not None and draft.event.type is FactType.OCCURRENCE)


def _in_own_clause(anchor: Token, verb: Token, place: Token) -> bool:
    """Whether an event is told in a clause with a subject of its own below a verb, or in a relative clause.

    What stands in front of a sentence holds for clauses that are joined ("*in Harran*, 9 mills opened and 3 closed").
    """
    fronted = place.i < verb.i and not any(base(c) == "nsubj" and c.i < place.i for c in verb.children)
    beside = _BESIDE - {"conj"} if fronted else _BESIDE
    return any(
        token.dep_ == "acl:relcl" or (base(token) in beside and _has_subject(token)) for token in _below(anchor, verb)
    )


def _below(anchor: Token, verb: Token) -> Iterator[Token]:
    for governor in governors(anchor):
        if governor.i == verb.i:
            return
        yield governor


def _has_subject(clause: Token) -> bool:
    return clause.pos_ in ("VERB", "AUX", "ADJ") and any(base(child) == "nsubj" for child in clause.children)
