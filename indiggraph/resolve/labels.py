"""How a thing is called and what it is, from all its mentions: the preferred label, the names, the class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from indiggraph.model import Form, Mention, ThingType
from indiggraph.resolve.local import Local
from indiggraph.resolve.names import is_acronym, normal, person_name, plain_words
from indiggraph.resolve.words import load_words

__all__ = ["choose_label", "choose_type", "names_of"]

_SUBCLASSES = (ThingType.GOVERNMENT_BODY, ThingType.COMPANY, ThingType.NEWS_AGENCY)
"""Subclasses in the order that decides where as many mentions have one as another."""


def choose_type(members: Sequence[Local]) -> ThingType:
    """The subclass that most mentions have, by name if there are any; the class itself where none has a subclass."""
    top = members[0].profile.top
    mentions = _telling(members)
    votes = Counter(mention.type for mention in mentions if mention.type.top is top and mention.type is not top)
    return max(_SUBCLASSES, key=lambda kind: votes[kind]) if votes else top


def names_of(members: Sequence[Local]) -> tuple[str, ...]:
    """The distinct names, sorted; descriptions where there is no name."""
    return tuple(sorted({mention.name for mention in _telling(members)}))


def choose_label(members: Sequence[Local]) -> str:
    """The fullest good form: for people and bodies the name of most words that is no acronym, for all else the usual.

    Names with brackets, with a count or "their" before them, and in capitals that another mention does without, come
    last.
    """
    names = Counter(mention.name for mention in _telling(members))
    top = members[0].profile.top
    return min(names, key=lambda name: (_faults(name, names), -_fullness(name, top), -names[name], name))


def _telling(members: Sequence[Local]) -> list[Mention]:
    spoken = [mention for local in members for mention in local.mentions if mention.form is not Form.PRONOUN]
    named = [mention for mention in spoken if mention.form is Form.NAME]
    return named or spoken


def _faults(name: str, names: Iterable[str]) -> int:
    """Brackets in a name, a count or "their" before it, and capitals throughout that another mention does without."""
    capitals = name.isupper() and any(normal(other) == normal(name) and not other.isupper() for other in names)
    leading = plain_words(name)[:1]
    counted = bool(leading) and (leading[0].isdigit() or leading[0] in load_words().quantifiers)
    return bool(re.search(r"[()\[\]]", name)) + counted + capitals


def _fullness(name: str, top: ThingType) -> int:
    lists = load_words()
    words = plain_words(name)
    if top is ThingType.PERSON:
        return len(person_name(name).words)
    if top is ThingType.ORGANIZATION:
        return 0 if is_acronym(name) else len([word for word in words if word not in lists.stop])
    return 0
