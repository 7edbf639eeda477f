"""What the mentions of one text refer to: names, short names, acronyms and descriptions into chains.

A chain is a thing of one document.  Names come first, whatever their order; descriptions and pronouns then take what
the text has offered up to them (:mod:`indiggraph.resolve.anaphora`).  Where two readings remain, none is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from indiggraph.model import Form, Mention, ThingType
from indiggraph.resolve.bodies import BodyName, formed_apart, generic_stems, in_brackets, kind_stems
from indiggraph.resolve.groups import same_group
from indiggraph.resolve.names import (
    PersonName,
    content_words,
    initials_match,
    is_acronym,
    normal,
    person_name,
    plain_words,
)
from indiggraph.resolve.people import compare, is_short_for
from indiggraph.resolve.text import CONCEPTS, Chain, Text
from indiggraph.resolve.words import load_words
from indiggraph.spelling import fold

__all__ = ["name_chains"]

_CONFUSED = frozenset({ThingType.PERSON, ThingType.ORGANIZATION, ThingType.PLACE})
"""Classes that recognisers confuse: one name in one text is given the class that most of its mentions have."""
_SAME_PERSON = 0.6
"""In one text two names this alike are one person; across texts more is asked (``weights.yaml``)."""
_SHORTEST_LOWER_ACRONYM = 3
_DESCRIBED = (ThingType.GROUP, ThingType.PROGRAM, ThingType.GATHERING)
_WHOLE = 3
"""Words that a program's description must share with a longer one that holds all of it."""
_LINK = re.compile(r"(?:,|,? and|,? or| &)(?: the)? $")
_LINK_LENGTH = len(", and the ")
"""Characters that the longest match has."""
_BODIES = (ThingType.ORGANIZATION, ThingType.PROGRAM, ThingType.PLACE, ThingType.GATHERING, *CONCEPTS)


# ---- names -------------------------------------------------------------------------------------------------


def name_chains(text: Text) -> None:
    """Put the mentions by name into chains, and with them the groups and programs that a description tells apart."""
    _by_exact_name(text)
    _by_reference(text)
    _people(text)
    for top in _BODIES:
        _merge_where(text, top, _same_words)
        _acronyms(text, top)
        _short_names(text, top)
    _bare_kinds(text)
    _merge_where(text, ThingType.PROGRAM, _one_program)
    _merge_where(text, ThingType.GROUP, _one_group)
    _bare_groups(text)
    _counterparts(text)


def _by_exact_name(text: Text) -> None:
    """One chain for each spelling (or lexicon key) of a class; short names of people wait for the full ones."""
    classes = _classes(text)
    found: dict[tuple[ThingType, str], Chain] = {}
    for mention in text.mentions:
        top = classes.get(_spelling(mention, text), mention.type.top)
        if not _stands_alone(mention, top, text):
            continue
        spelling = (top, _spelling(mention, text))
        key = spelling if mention.key is None else (top, f"key {mention.key}")
        chain = found.get(key) or found.get(spelling) or Chain(top)
        found[spelling] = found[key] = chain
        text.put(mention, chain, "the same name" if chain.mentions else "a name of its own")


def _spelling(mention: Mention, text: Text) -> str:
    described = mention.form is not Form.NAME or mention.type is ThingType.GROUP
    return text.description(mention).key if described else normal(mention.name)


def _classes(text: Text) -> dict[str, ThingType]:
    """For each name that was read as a person here and a body or a place there: the class that most mentions have."""
    votes: dict[str, Counter[ThingType]] = {}
    for mention in text.mentions:
        if mention.form is Form.NAME and mention.type.top in _CONFUSED:
            votes.setdefault(normal(mention.name), Counter())[mention.type.top] += 1
    return {name: max(sorted(tally), key=lambda top: tally[top]) for name, tally in votes.items()}


def _stands_alone(mention: Mention, top: ThingType, text: Text) -> bool:
    """Names, and descriptions of groups, programs, goods and events that say which one is meant."""
    if mention.form is Form.PRONOUN:
        return False
    if mention.form is Form.NAME:
        return top is not ThingType.PERSON or person_name(mention.name).full
    if top in CONCEPTS:
        return True
    return top in _DESCRIBED and not (text.description(mention).bare and mention.definite)


def _by_reference(text: Text) -> None:
    """Names that the text itself equates: an acronym in brackets, an apposition."""
    for mention in text.mentions:
        other = text.by_id.get(mention.refers_to or "")
        if other is None or mention.form is Form.PRONOUN or other.id not in text.chain_of:
            continue
        kept, chain = text.chain_of[other.id], text.chain_of.get(mention.id)
        if chain is None:
            text.put(mention, kept, "the text equates the two")
        elif chain is not kept and (chain.top is kept.top or initials_match(mention.name, other.name)):
            text.merge(kept, chain, "the text equates the two")


# ---- people ------------------------------------------------------------------------------------------------


def _people(text: Text) -> None:
    _merge_where(text, ThingType.PERSON, _one_person)
    _second_surnames(text)
    full = text.of(ThingType.PERSON)
    alone: dict[str, Chain] = {}
    for mention in text.mentions:
        if mention.id in text.chain_of or mention.form is not Form.NAME:
            continue
        name = person_name(mention.name)
        holders = [chain for chain in full if any(is_short_for(name, person_name(other)) for other in chain.names)]
        holders = [chain for chain in holders if _spells(mention.name, chain)] or holders
        holders = holders or [chain for chain in full if _begins(name, chain)]
        holders = [chain for chain in holders if _spelt_like(name, chain)] or holders
        if holders:
            _link_short(text, mention, holders)
        else:
            chain = alone.setdefault(fold("".join(name.words)), Chain(ThingType.PERSON))
            text.put(mention, chain, "the same name" if chain.mentions else "a name of its own")


def _spells(surname: str, chain: Chain) -> bool:
    """Whether a full name has a surname letter by letter, which goes before one that is only romanized alike."""
    return any(name.lower().endswith(" " + surname.lower()) for name in chain.names)


def _second_surnames(text: Text) -> None:
    """Merge "Garcia Lopez" with the only "Ana Garcia Lopez": two surnames are no full name."""
    for chain in text.of(ThingType.PERSON):
        names = [person_name(name) for name in chain.names]
        holders = [other for other in text.of(ThingType.PERSON) if other is not chain and _short_for_all(names, other)]
        if len(holders) == 1:
            text.merge(holders[0], chain, "the only full name here with these surnames")


def _short_for_all(names: list[PersonName], chain: Chain) -> bool:
    return all(any(is_short_for(name, person_name(other)) for other in chain.names) for name in names)


def _one_person(left: Chain, right: Chain, text: Text) -> str | None:
    alike = [compare(person_name(one), person_name(other)) for one in left.names for other in right.names]
    if any(likeness.veto for likeness in alike):
        return None
    best = max(alike, key=lambda likeness: likeness.score)
    return best.reason if best.score >= _SAME_PERSON else None


def _spelt_like(short: PersonName, chain: Chain) -> bool:
    """Whether a name of a chain has the short one in its very spelling: a text keeps to one for each person."""
    return any(set(short.words) <= set(person_name(name).words) for name in chain.names)


def _begins(short: PersonName, chain: Chain) -> bool:
    """Whether a single word is the first of a full name: the surname, where names begin with it."""
    return not short.full and any(person_name(name).words[:1] == short.words for name in chain.names)


def _link_short(text: Text, mention: Mention, holders: list[Chain]) -> None:
    """Link a surname to the one full name it fits, or of several to the one mentioned last before it.

    Where two of them were last mentioned in one sentence, nothing is linked.
    """
    if len(holders) == 1:
        text.put(mention, holders[0], "the only full name here with this surname")
        return
    last = {id(chain): text.last_sentence(chain, mention) for chain in holders}
    latest = max(last.values())
    nearest = [chain for chain in holders if last[id(chain)] == latest]
    if len(nearest) == 1 and latest >= 0:
        text.put(mention, nearest[0], "the last mentioned of those with this surname")


# ---- bodies, programs, places ------------------------------------------------------------------------------


def _merge_where(text: Text, top: ThingType, test: Callable[[Chain, Chain, Text], str | None]) -> None:
    """Merge each chain into the first earlier one that the test gives a reason for."""
    kept: list[Chain] = []
    for chain in text.of(top):
        found = next(((earlier, why) for earlier in kept if (why := test(earlier, chain, text)) is not None), None)
        if found is None:
            kept.append(chain)
        else:
            text.merge(found[0], chain, found[1])


def _same_words(left: Chain, right: Chain, text: Text) -> str | None:
    if left.top is ThingType.PLACE:
        same = any(_place_words(a) == _place_words(b) for a in left.names for b in right.names)
        return "the same place with and without its kind" if same else None
    if None not in (left.country, right.country) and left.country != right.country:
        return None
    pairs = ((one, other) for one in text.names(left) for other in text.names(right))
    agree = any(
        one.words == other.words and _countries_agree(one, other) and not formed_apart(one, other)
        for one, other in pairs
    )
    return "the same words in another form" if agree else None


def _place_words(name: str) -> frozenset[str]:
    lists = load_words()
    kinds = frozenset[str]().union(*lists.place_kinds.values())
    return content_words(name, kinds) or content_words(name)


def _countries_agree(one: BodyName, other: BodyName) -> bool:
    return None in (one.country, other.country) or one.country == other.country


def _acronyms(text: Text, top: ThingType) -> None:
    """Merge acronyms with the only long name that defines them in brackets or whose initials they are."""
    for chain in text.of(top):
        short = [name.core for name in text.names(chain) if name.acronym or " " not in name.text]
        if not short or len(short) < len(chain.names):
            continue
        long = [other for other in text.of(top) if other is not chain and any(_stands_for(a, other) for a in short)]
        if len(long) == 1:
            text.merge(long[0], chain, "the acronym of the longer name")


def _stands_for(acronym: str, chain: Chain) -> bool:
    surfaces = [surface for mention in chain.mentions for surface in (mention.name, mention.text)]
    bracketed = any(normal(found) == normal(acronym) for surface in surfaces for found in in_brackets(surface))
    spelled = is_acronym(acronym) or len(acronym) > _SHORTEST_LOWER_ACRONYM
    return bracketed or (spelled and any(initials_match(acronym, name) for name in _spelled_out(chain)))


def _spelled_out(chain: Chain) -> Iterator[str]:
    """The names of a chain, as they are and without a legal form behind them."""
    forms = load_words().legal_forms
    for name in chain.names:
        yield name
        words = name.split()
        if len(words) > _SHORTEST_LOWER_ACRONYM and forms.issuperset(plain_words(words[-1])):
            yield " ".join(words[:-1])


def _short_names(text: Text, top: ThingType) -> None:
    """Merge short names ("Quarrel", "Trade Ministry") with the only longer name that holds all their words.

    Longer ones go first, so that of three names within one another the shortest still finds one holder.
    """
    longest = {id(chain): max((len(name.words) for name in text.names(chain)), default=0) for chain in text.of(top)}
    for chain in sorted(text.of(top), key=lambda chain: -longest[id(chain)]):
        holders = [other for other in text.of(top) if other is not chain and _shortens(chain, other, text)]
        if len(holders) == 1:
            text.merge(holders[0], chain, "a short form of the only such name here")


def _shortens(short: Chain, long: Chain, text: Text) -> bool:
    if short.top is ThingType.PLACE or not short.named or _abbreviated_apart(short, long, text):
        return False
    if _listed(short, long, text):
        return False
    pairs = [(one, other) for one in text.names(short) for other in text.names(long)]
    before = long.first.span.start < short.first.span.start
    return any(_holds_words(one, other, before) for one, other in pairs)


def _abbreviated_apart(one: Chain, other: Chain, text: Text) -> bool:
    """Whether the text gives each of two names an acronym of its own: a company and its parent."""
    short, long = ({normal(name.core) for name in text.names(c) if name.acronym} for c in (one, other))
    return bool(short and long) and short.isdisjoint(long)


def _listed(left: Chain, right: Chain, text: Text) -> bool:
    """Whether the text lists the two side by side ("Zenda Steel and Zenda Steel Trading")."""
    ends = {mention.span.end: mention for mention in (*left.mentions, *right.mentions)}
    for mention in (*left.mentions, *right.mentions):
        found = _LINK.search(
            text.extraction.document.text, max(0, mention.span.start - _LINK_LENGTH), mention.span.start
        )
        before = ends.get(found.start()) if found is not None else None
        if before is not None and (before in left.mentions) != (mention in left.mentions):
            return True
    return False


def _holds_words(short: BodyName, long: BodyName, before: bool) -> bool:
    """Whether the short name leaves out words of the long one.

    A name that comes after the longer one may leave out any words; one that comes before only words that classify.
    Words that all classify ("Industry Ministry") need a kind in common and one word more than the kind.
    """
    if not short.words < long.words or short.acronym or not _countries_agree(short, long):
        return False
    if short.formal and long.formal and "ministry" not in short.kinds:
        return False  # two companies, each with its legal form
    if short.generic:
        telling = short.words - kind_stems(short.kinds)
        of_another = long.country is None and not long.words - short.words <= generic_stems()
        whole = "ministry" not in short.kinds and short.joined not in long.joined
        if short.country is not None and (whole or of_another):
            return False  # "National Kenyan Oil Company" leaves nothing out
        return bool(telling) and not short.kinds.isdisjoint(long.kinds) and (before or "ministry" in short.kinds)
    return before or long.words - short.words <= generic_stems()


def _bare_kinds(text: Text) -> None:
    """Merge a kind used as a name ("the Commission") with the only body before it that has the word in its name."""
    for chain in text.of(ThingType.ORGANIZATION):
        kinds = {name.text.lower() for name in text.names(chain)}
        if not all(load_words().kinds_of((kind,)) for kind in kinds):
            continue
        before = [other for other in text.of(ThingType.ORGANIZATION) if other.first.span < chain.first.span]
        holders = [other for other in before if any(kinds <= set(plain_words(name)) for name in other.names)]
        if len(holders) == 1:
            text.merge(holders[0], chain, "the only body of this kind here")


def _one_program(left: Chain, right: Chain, text: Text) -> str | None:
    """One program where a longer description holds a shorter one whole ("the plan for X", "X")."""
    one, other = ({text.description(m).all_words for m in chain.mentions} for chain in (left, right))
    whole = any((a <= b or b <= a) and min(len(a), len(b)) >= _WHOLE for a in one for b in other)
    return "one description within the other" if whole else None


# ---- groups ------------------------------------------------------------------------------------------------


def _bare_groups(text: Text) -> None:
    """Merge a bare plural ("operators") with the only group before it of that head ("oil and gas operators")."""
    for chain in text.of(ThingType.GROUP):
        if chain.named or not all(text.description(mention).bare for mention in chain.mentions):
            continue
        heads = {mention.head for mention in chain.mentions}
        alike = [
            other
            for other in text.of(ThingType.GROUP)
            if other is not chain and heads & {mention.head for mention in other.mentions}
        ]
        apart = any(None not in (other.country, chain.country) and other.country != chain.country for other in alike)
        if len(alike) == 1 and not apart and alike[0].first.span < chain.first.span:
            text.merge(alike[0], chain, "the only group of this head before it")


def _one_group(left: Chain, right: Chain, text: Text) -> str | None:
    pairs = ((text.description(one), text.description(other)) for one in left.mentions for other in right.mentions)
    return "the same group in other words" if any(same_group(one, other) for one, other in pairs) else None


def _counterparts(text: Text) -> None:
    """Merge "their Norwegian counterparts" with the nearest group that the text gives the same country."""
    like = load_words().counterparts
    for mention in text.mentions:
        chain = text.chain_of.get(mention.id)
        if chain is None or chain.top is not ThingType.GROUP or mention.head not in like or mention.country is None:
            continue
        others = [
            (abs(other.span.start - mention.span.start), other.span.start, text.chain_of[other.id])
            for other in text.mentions
            if other.id in text.chain_of and other.country == mention.country and other.head not in like
        ]
        groups = [entry for entry in others if entry[2].top is ThingType.GROUP and entry[2] is not chain]
        if groups:
            text.merge(min(groups, key=lambda entry: entry[:2])[2], chain, "the nearest group of that country")
