"""The things of one document, finished: what :mod:`indiggraph.resolve.linker` compares across documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indiggraph.model import Extraction, Form, Mention, ThingType
from indiggraph.resolve.anaphora import link_descriptions
from indiggraph.resolve.bodies import BodyName, body_name
from indiggraph.resolve.chains import name_chains
from indiggraph.resolve.context import Countries
from indiggraph.resolve.incumbents import incumbent
from indiggraph.resolve.names import PersonName, normal, person_name, stem
from indiggraph.resolve.offices import Office, leads, offices
from indiggraph.resolve.people import is_short_for
from indiggraph.resolve.posts import holders
from indiggraph.resolve.text import Chain, Text
from indiggraph.resolve.words import load_words

__all__ = ["Local", "Profile", "local_things"]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that identity across texts is decided on.

    ``names`` and ``bodies`` are the names taken apart, ``descriptions`` the wordings of groups, ``country``
    what the names say, ``context`` the country the text is about, ``posts`` stems of the posts held and their bodies,
    ``offices`` those posts taken apart, ``leaders`` the full names of the people who lead a body.
    """

    top: ThingType
    key: str | None
    names: frozenset[PersonName]
    bodies: frozenset[BodyName]
    descriptions: frozenset[str]
    country: str | None
    context: str | None
    posts: frozenset[str]
    offices: frozenset[Office] = frozenset()
    leaders: frozenset[PersonName] = frozenset()
    acronyms: frozenset[str] = field(init=False, compare=False)
    """The names that are acronyms, in one spelling."""
    long_names: tuple[BodyName, ...] = field(init=False, compare=False)
    """The names that are no acronyms, in a fixed order."""

    def __post_init__(self) -> None:
        short = frozenset(normal(name.core) for name in self.bodies if name.acronym)
        long = tuple(sorted((name for name in self.bodies if not name.acronym), key=lambda name: name.text))
        object.__setattr__(self, "acronyms", short)
        object.__setattr__(self, "long_names", long)

    @property
    def place(self) -> str | None:
        """The country where the thing is: what the names say, else what the text is about."""
        return self.country or self.context


@dataclass(frozen=True, slots=True)
class Local:
    """A thing of one document; ``reasons`` says for each mention's id why it refers to it."""

    document: str
    mentions: tuple[Mention, ...]
    reasons: Mapping[str, str]
    profile: Profile

    @property
    def named(self) -> bool:
        """Whether it is mentioned by name."""
        return any(mention.form is Form.NAME for mention in self.mentions)


def local_things(extraction: Extraction, countries: Countries) -> list[Local]:
    """Resolve one document: its things in the order of the text."""
    text = Text(extraction, countries)
    name_chains(text)
    link_descriptions(text)
    posts, held, led = _posts(text), offices(text), _leaders(text)
    found = []
    for chain in text.chains:
        known = incumbent(text, chain, held.get(id(chain), frozenset())) if chain.top is ThingType.PERSON else None
        if not chain.named and chain.top is ThingType.PERSON and known is None:
            continue
        profile = _profile(
            text, chain, posts.get(id(chain), frozenset()), held.get(id(chain), frozenset()),
            led.get(id(chain), frozenset()),
        )  # fmt: skip
        if known is not None:
            profile = replace(profile, key=known[0])
            chain.reasons |= {mention.id: f"{chain.reasons[mention.id]}; {known[1]}" for mention in chain.mentions}
        ordered = tuple(sorted(chain.mentions, key=lambda mention: (mention.span, mention.id)))
        found.append(Local(extraction.document.id, ordered, chain.reasons, profile))
    return found


def _posts(text: Text) -> dict[int, frozenset[str]]:
    posts: dict[int, frozenset[str]] = {}
    for holder in holders(text):
        known = posts.get(id(holder.person), frozenset())
        posts[id(holder.person)] = known | holder.words | {stem(word) for word in holder.ranks}
    return posts


def _leaders(text: Text) -> dict[int, frozenset[PersonName]]:
    """The full names of those who lead each body."""
    led: dict[int, frozenset[PersonName]] = {}
    for tenure in text.extraction.tenures:
        body, person = text.chain_of.get(tenure.organization or ""), text.chain_of.get(tenure.person)
        if body is not None and person is not None and leads(tenure.post):
            full = frozenset(name for name in map(person_name, person.names) if name.full)
            led[id(body)] = led.get(id(body), frozenset()) | full
    return led


def _profile(
    text: Text, chain: Chain, posts: frozenset[str], held: frozenset[Office], led: frozenset[PersonName]
) -> Profile:
    person = chain.top is ThingType.PERSON
    people = _full_names(chain) if person else frozenset[PersonName]()
    bodies = _bodies(text, chain)
    described = chain.mentions if chain.top is ThingType.GROUP else []
    country = _country(text, chain, bodies)
    return Profile(
        top=chain.top,
        key=_key(text, chain, bodies),
        names=people,
        bodies=frozenset(bodies),
        descriptions=frozenset(text.description(m).key for m in described if m.form is not Form.PRONOUN),
        country=country,
        context=text.country,
        posts=posts,
        offices=held,
        leaders=led,
    )


def _full_names(chain: Chain) -> frozenset[PersonName]:
    """The names that are not short for another one of the same person."""
    names = frozenset(person_name(name) for name in chain.names)
    return frozenset(name for name in names if not any(is_short_for(name, other) for other in names - {name}))


def _bodies(text: Text, chain: Chain) -> list[BodyName]:
    """The names; for a body without one ("the government") its descriptions, which tell none from another country's.

    What each text has of its own ("the ministry") has nothing that could be compared.
    """
    if chain.top in (ThingType.PERSON, ThingType.GROUP):
        return []
    if chain.named or chain.top is not ThingType.ORGANIZATION:
        return [name for name in text.names(chain) if not _of_one_text(chain, name)]
    fixed = load_words().fixed
    described = (m.name for m in chain.mentions if m.form is Form.NOMINAL and (m.head in fixed or " " in m.name))
    return [replace(body_name(name, text.countries), generic=True) for name in described]


def _of_one_text(chain: Chain, name: BodyName) -> bool:
    """Whether a body is only described, and not as one that a country has one of ("the contracts department")."""
    return chain.top is ThingType.ORGANIZATION and name.text.islower() and "ministry" not in name.kinds


def _country(text: Text, chain: Chain, bodies: list[BodyName]) -> str | None:
    """The country that a name's words tell, else the lexicon's."""
    told = next((name.country for name in bodies if name.country is not None), None)
    return told or chain.country


def _key(text: Text, chain: Chain, bodies: list[BodyName]) -> str | None:
    """The lexicon's key, where there is one only and it does not rest on an acronym against a longer name.

    "The country" has the key of the country that the text is about: its code.
    """
    if chain.top is ThingType.PLACE and not chain.named:
        return text.country if chain.first.head in load_words().place_kinds["country"] else None
    keyed = {(mention.key, mention.name) for mention in chain.mentions if mention.key is not None}
    keys = {key for key, _ in keyed}
    long = {normal(name.text) for name in bodies if not name.acronym}
    rests = not long or any(normal(name) in long for _, name in keyed)
    return next(iter(keys)) if len(keys) == 1 and rests else None
