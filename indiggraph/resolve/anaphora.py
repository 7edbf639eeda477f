"""Descriptions and pronouns of one text: "the ministry", "the fund's chief", "the official", "he" onto its chains.

What comes before counts more the nearer it is, more for subjects and for speakers (the salience of Lappin and Leass,
1994, with fewer factors).  What fits nothing refers to nothing, save groups and bodies a country has one of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from indiggraph.furniture import blank_furniture
from indiggraph.lang.marks import dateline_end
from indiggraph.model import PARTIES, Fact, FactType, Form, Mention, RoleName, ThingType
from indiggraph.resolve.bodies import body_name
from indiggraph.resolve.names import content_words, is_acronym, plain_words
from indiggraph.resolve.posts import Holder, holders, holds, wanted_post
from indiggraph.resolve.text import Chain, Text
from indiggraph.resolve.words import Kind, load_words

__all__ = ["link_descriptions"]

_SPECIFIC = 2
"""Words after the head from which on a description says which body is meant ("the committee on mines and trade")."""
_ASIDE = re.compile(r" \w+(?: on)?,")
_GENDER = {"he": "he", "him": "he", "his": "he", "himself": "he"} | dict.fromkeys(
    ("she", "her", "hers", "herself"), "she"
)
_TITLE_LENGTH = len("Ayatollah ")
"""Characters before a name in which its title may stand."""
_FADING, _SAID = 1.4, 1.0
"""For a pronoun people fade faster than for a description, and that they speak counts less."""
_OWN = frozenset({"we", "us", "our"})
_OWNED = "body-owned"
"""The rule of a description that names a person as the body's owner ("her firm")."""
_NATIONAL = frozenset({FactType.CHANGE, FactType.PRODUCTION, FactType.TRADE})
"""What is output, trade or a level of a country rather than of a body that governs it."""
_OF = re.compile(r"\s(?:of|with|at|for|from)\s(?:the\s)?")
_OF_LENGTH = len(" from the ")
"""Characters that the longest match has."""
_ITS = (ThingType.ORGANIZATION, ThingType.PLACE, ThingType.PROGRAM)
_REACH = {Form.PRONOUN: 3, Form.NOMINAL: 12}
"""Sentences that an antecedent may lie back."""
_AHEAD = 2
"""Sentences after a speaker's description in which a name may follow ("a minister said. According to X, ...")."""
_SUBJECT, _SPEAKER, _SAME_WORD, _OVERLAP, _TOPIC, _OFTEN, _SPEAKERS = 1.5, 1.5, 2.0, 3.0, 2.0, 0.5, 4.0
_OFTEN_ENOUGH = 4
"""Mentions beyond which more of them make a thing no likelier."""


def link_descriptions(text: Text) -> None:
    """Link descriptions and pronouns, in the order of the text."""
    resolver = _Resolver(text)
    for mention in text.mentions:
        if mention.id not in text.chain_of and mention.form is not Form.NAME:
            resolver.link(mention)
    resolver.unnamed_speakers()
    resolver.own_bodies()


class _Resolver:
    """The rules, with what they share: who speaks, who holds which post."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words = load_words()
        self.speakers = _speakers(text)
        self.said_in = _said_in(text)
        self.acting = frozenset(
            role.mention for fact in text.extraction.facts for role in fact.roles if role.name in PARTIES
        )

    @property
    def holders(self) -> list[Holder]:
        """Who holds which post, as far as the text has been read: a description may have told it."""
        return holders(self.text)

    def link(self, mention: Mention) -> None:
        """Link one mention, or leave it."""
        if mention.form is Form.PRONOUN:
            self._pronoun(mention)
            return
        rules: dict[ThingType, Callable[[Mention], None]] = {
            ThingType.PERSON: self._person,
            ThingType.ORGANIZATION: self._body,
            ThingType.PLACE: self._place,
            ThingType.GROUP: self._group,
            ThingType.PROGRAM: self._described,
            ThingType.GATHERING: self._described,
        }
        rule = rules.get(mention.type.top)
        if rule is not None:
            rule(mention)

    # ---- people --------------------------------------------------------------------------------------------

    def _pronoun(self, mention: Mention) -> None:
        if mention.head in _OWN:
            return  # means the speaker's body, who may be named behind it
        if mention.text.lower() in _GENDER:
            people = [
                entry for entry in self._before(mention, ThingType.PERSON) if not self._spoken_of(mention, entry[1])
            ]
            fitting = [entry for entry in people if self._gender(entry[0]) in (None, _GENDER[mention.text.lower()])]
            self._take(mention, self._best(mention, fitting), "the likeliest before it")
        else:
            self._take(mention, self._only_one(mention), "the only one it can mean")

    def _spoken_of(self, mention: Mention, last: Mention) -> bool:
        """Whether somebody is what an aside is about, not who speaks there: "*Velde*, he said, has left"."""
        text = self.text.extraction.document.text
        aside = _ASIDE.match(text, mention.span.end) is not None and text.endswith(", ", 0, mention.span.start)
        return aside and last.sentence == mention.sentence and last.form is Form.NAME

    def _gender(self, chain: Chain) -> str | None:
        """What the text calls a person: "he" or "she", by pronouns and by titles before the name."""
        said = {_GENDER.get(mention.text.lower()) for mention in chain.mentions}
        words = {word for mention in chain.mentions for word in (self._word_before(mention), mention.head)}
        known = (said | {self.words.genders.get(word) for word in words}) - {None}
        return known.pop() if len(known) == 1 else None

    def _word_before(self, mention: Mention) -> str:
        """The word before a mention, without its full stop."""
        text = self.text.extraction.document.text
        words = text[max(mention.span.start - _TITLE_LENGTH, 0) : mention.span.start].split()
        return words[-1].rstrip(".").lower() if words else ""

    def _only_one(self, mention: Mention) -> Chain | None:
        """The one thing that "it" or "they" can mean: of this sentence so far, else of the last one's subjects.

        A program nearby counts as another reading, though none that acts; of two readings none is taken.
        """
        tops = (ThingType.GROUP,) if mention.plural or mention.type is ThingType.GROUP else _ITS
        near = [entry for top in tops for entry in self._before(mention, top)]
        here = [chain for chain, last in near if last.sentence == mention.sentence]
        number = self.text.sentence(mention) - 1
        subjects = [chain for chain, last in near if last.subject and self.text.sentence(last) == number]
        found = here or subjects
        if len(found) > 1 and mention.text.lower() == "its":  # whoever acts in the sentence owns, not its places
            acting = (chain for chain, last in near if last.subject and last.sentence == mention.sentence)
            found = [chain for chain in acting if chain.top is ThingType.ORGANIZATION]
        return found[0] if len(found) == 1 and found[0].top is not ThingType.PROGRAM else None

    def _person(self, mention: Mention) -> None:
        chain, reason = self._holder(mention)
        if chain is None and mention.head in self.words.officials and mention.definite:
            chain, reason = self._best(mention, self._before(mention, ThingType.PERSON)), "the last speaker before it"
        if chain is None and not _indefinite(mention) and not wanted_post(mention, self.text).rest:
            chain, reason = self._best(mention, self._without_post(mention)), "the last person before it"
        if chain is None:
            chain, reason = self._follower(mention), "the speaker named right after"
        self._take(mention, chain or Chain(ThingType.PERSON), reason)

    def _holder(self, mention: Mention) -> tuple[Chain | None, str]:
        """The holder of the post that a description names: the nearest before it, else the only one after it."""
        wanted = wanted_post(mention, self.text)
        fitting = [holder for holder in self.holders if holds(holder, wanted)]
        before = [] if _indefinite(mention) else [holder for holder in fitting if _precedes(holder.person, mention)]
        chain = self._best(mention, [(holder.person, _last_before(holder.person, mention)) for holder in before])
        if chain is None and len(distinct := _distinct(fitting)) == 1:
            chain = distinct[0]
        return chain, "holds the post"

    def _without_post(self, mention: Mention) -> list[tuple[Chain, Mention]]:
        """People before the mention whose post the text does not tell, or tells to be of this rank and head."""
        wanted = wanted_post(mention, self.text)
        known = {id(holder.person) for holder in self.holders}
        fitting = {id(holder.person) for holder in self.holders if holds(holder, wanted)}
        people = self._before(mention, ThingType.PERSON)
        return [entry for entry in people if id(entry[0]) not in known or id(entry[0]) in fitting]

    def _follower(self, mention: Mention) -> Chain | None:
        """The person first named in the next sentences, where a speaker is described first and named then.

        Only the next named person counts, only where that is the first mention and the text tells no post.
        """
        if not (mention.subject or mention.id in self.speakers):
            return None
        after = (other for other in self.text.mentions if other.span.start >= mention.sentence.end)
        named = next((m for m in after if m.form is Form.NAME and self._is_person(m)), None)
        if named is None or self.text.sentence(named) - self.text.sentence(mention) > _AHEAD:
            return None
        chain = self.text.chain_of[named.id]
        introduced = any(holder.person is chain for holder in self.holders)
        speaks = named.subject or named.id in self.speakers
        return chain if self._first_below(chain) is named and speaks and not introduced else None

    def _first_below(self, chain: Chain) -> Mention:
        """The first mention below the headline, which may name by surname whom the text introduces."""
        headline, _, rest = blank_furniture(self.text.extraction.document.text).partition("\n")
        end = len(headline) if rest.strip() else 0
        return next((mention for mention in chain.mentions if mention.span.start >= end), chain.first)

    def _is_person(self, mention: Mention) -> bool:
        chain = self.text.chain_of.get(mention.id)
        return chain is not None and chain.top is ThingType.PERSON

    def unnamed_speakers(self) -> None:
        """Let a speaker without a name stand for the body named with him ("a spokesman of the fund")."""
        for chain in self.text.of(ThingType.PERSON):
            bodies = [self._body_of(mention) for mention in chain.mentions if mention.id in self.speakers]
            body = next((body for body in bodies if body is not None), None)
            if body is not None and not chain.named:
                self.text.merge(body, chain, "speaks for the body")

    def own_bodies(self) -> None:
        """Let "we" stand for the body that speaks, or whose post the speaker holds."""
        for mention in self.text.mentions:
            if mention.head in _OWN and mention.form is Form.PRONOUN:
                facts = [f for f in self.text.extraction.facts if any(role.mention == mention.id for role in f.roles)]
                bodies = {id(body): body for fact in facts for body in self._speaking(fact)}
                self._take(mention, next(iter(bodies.values())) if len(bodies) == 1 else None, "the speaker's body")

    def _speaking(self, fact: Fact) -> Iterator[Chain]:
        """The bodies for which somebody says a fact; officials mean their country by "we make steel"."""
        given = any(role.name is RoleName.BENEFICIARY for role in fact.roles)
        for role in fact.roles:
            speaker = self.text.chain_of.get(role.mention or "") if role.name is RoleName.STATED_BY else None
            body = self._spoken_for(speaker) if speaker is not None else None
            if body is None:
                continue
            public = any(mention.type is ThingType.GOVERNMENT_BODY for mention in body.mentions)
            if not public or given or fact.type not in _NATIONAL:
                yield body

    def _spoken_for(self, speaker: Chain) -> Chain | None:
        """The body itself, or the one body in which a person holds a post."""
        if speaker.top is not ThingType.PERSON:
            return speaker
        posts = [
            tenure
            for tenure in self.text.extraction.tenures
            if not tenure.former and self.text.chain_of.get(tenure.person) is speaker
        ]
        bodies = {
            id(body): body for post in posts if (body := self.text.chain_of.get(post.organization or "")) is not None
        }
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _body_of(self, mention: Mention) -> Chain | None:
        for other in self.text.starting(mention.span.start, mention.span.end + _OF_LENGTH + 1):
            chain = self.text.chain_of.get(other.id)
            if chain is None or chain.top is not ThingType.ORGANIZATION:
                continue
            between = self.text.extraction.document.text[mention.span.end : other.span.start]
            if mention.span.covers(other.span) or _OF.fullmatch(between):
                return chain
        return None

    # ---- bodies, places, groups, programs --------------------------------------------------------------------

    def _body(self, mention: Mention) -> None:
        description = self.text.description(mention)
        if mention.rule == _OWNED:
            self._take(mention, self._of_owner(mention), "the body in which its owner holds a post")
        elif not _indefinite(mention):
            before = self._before(mention, ThingType.ORGANIZATION)
            candidates = [entry for entry in before if self._fits(mention, entry[0])]
            guessed = [entry for entry in before if self._may_fit(mention, entry[0])]
            chain = self._best(mention, candidates or guessed)
            if chain is not None:
                self._take(mention, chain, "the nearest such body before it")
                return
            specific = mention.definite and len(_complement(mention)) >= _SPECIFIC
            acts = mention.id in self.acting and not self._is_open(mention.head)
            acts |= mention.head in self.words.unnamed
            later = self._only_one_after(mention) if acts else None
            if later is not None:
                self._take(mention, later, "the only such body in the text")
            elif mention.head in self.words.fixed or mention.key is not None or specific or acts:
                self._take(mention, self._own(mention, description.key), "a description that fits one body")

    def _only_one_after(self, mention: Mention) -> Chain | None:
        """The only body of the text that fits, where all that is named of it follows ("the ministry")."""
        fitting = [
            chain for chain in self.text.of(ThingType.ORGANIZATION) if chain.named and self._fits(mention, chain)
        ]
        return fitting[0] if len(fitting) == 1 and not _precedes(fitting[0], mention) else None

    def _of_owner(self, mention: Mention) -> Chain | None:
        """The body of whoever owns it: "*her* firm"."""
        owners = [m for m in self.text.starting(mention.span.start, mention.span.end) if m is not mention]
        owner = next((self.text.chain_of.get(m.id) for m in owners if m.span.start == mention.span.start), None)
        body = self._spoken_for(owner) if owner is not None and owner.top is ThingType.PERSON else None
        return body if body is not None and self._fits(mention, body) else None

    def _is_open(self, head: str) -> bool:
        """Whether a description's head may be said of almost any body ("the company")."""
        return any(kind.open for kind in self.words.kinds.values() if head in kind.words)

    def _fits(self, mention: Mention, chain: Chain) -> bool:
        """Whether a body may be called by the head of a description.

        A name that shows kinds must show one of the head's; a name that shows none fits the open kinds.
        """
        if None not in (mention.country, chain.country) and mention.country != chain.country:
            return False
        told = _complement(mention)
        if told and not any(told & name.words for name in self.text.names(chain)):
            return False
        if mention.head in self.words.fixed:
            wanted = body_name(mention.head, self.text.countries).words
            return any(
                name.words == wanted or mention.head in plain_words(name.text) for name in self.text.names(chain)
            )
        shown = frozenset[str]().union(*(name.kinds for name in self.text.names(chain)))
        kinds = [name for name, kind in self.words.kinds.items() if mention.head in kind.words]
        if shown:
            return not shown.isdisjoint(kinds)
        return any(kind.open for kind in self._of_class(mention, chain))

    def _may_fit(self, mention: Mention, chain: Chain) -> bool:
        """Whether a body whose name shows no kind is an acronym that begins or ends like the description's head."""
        shown = any(name.kinds for name in self.text.names(chain))
        apart = None not in (mention.country, chain.country) and mention.country != chain.country
        fitting = not shown and not apart and not _complement(mention)
        return fitting and bool(self._of_class(mention, chain)) and _ends_like(chain, mention.head)

    def _of_class(self, mention: Mention, chain: Chain) -> list[Kind]:
        """The kinds of a description that things of a chain's classes may be of."""
        types = {other.type for other in chain.mentions}
        return [kind for kind in self.words.kinds.values() if mention.head in kind.words and types & kind.types]

    def _place(self, mention: Mention) -> None:
        countries = self.words.place_kinds["country"]
        if mention.head in countries and mention.definite:
            self._take(mention, self._country_chain(mention), "the country the text is about")
        elif mention.head in self.words.place_kinds["part"] and mention.definite:
            before = self._before(mention, ThingType.PLACE)
            fitting = [entry for entry in before if self._has_word(entry[0], mention.head)]
            chain = self._best(mention, fitting)
            if chain is None and mention.head in self.words.place_kinds["town"]:
                chain = self._town()
            self._take(mention, chain, "the nearest such place before it")

    def _town(self) -> Chain | None:
        """The town of the dateline, else the only town that the text names."""
        kinds = self.words.place_kinds["part"] | self.words.place_kinds["country"]
        places = [chain for chain in self.text.of(ThingType.PLACE) if chain.named]
        countries = [c for c in places if any(self.text.countries.code(name) is not None for name in c.names)]
        other = [c for c in places if any(kinds & set(plain_words(name)) for name in c.names)]
        towns = [chain for chain in places if chain not in countries and chain not in other]
        text = self.text.extraction.document.text
        first = [chain for chain in towns if _in_dateline(chain, text)]
        return first[0] if first else towns[0] if len(towns) == 1 else None

    def _country_chain(self, mention: Mention) -> Chain | None:
        """The country of the text by name, else by this description; for one no lexicon knows, "the Republic of X"."""
        code, places = self.text.country, self.text.of(ThingType.PLACE)
        if code is None:
            kinds = self.words.place_kinds["country"]
            called = [chain for chain in places if any(self._has_word(chain, kind) for kind in kinds)]
            return called[0] if len(called) == 1 else None
        named = [chain for chain in places if any(self.text.countries.code(name) == code for name in chain.names)]
        return named[0] if named else self._own(mention, "the country")

    def _group(self, mention: Mention) -> None:
        before = self._before(mention, ThingType.GROUP)
        fitting = [entry for entry in before if self._has_head(entry[0], mention.head)]
        fitting = fitting or [entry for entry in before if self._counts_alike(mention, entry[0])]
        chain = self._best(mention, fitting) or self._own(mention, self.text.description(mention).key)
        self._take(mention, chain, "the nearest such group before it")

    def _counts_alike(self, mention: Mention, chain: Chain) -> bool:
        """Whether a description counts as many bodies as a group's ("*two* big mills" and "the *two* firms")."""
        number = set(plain_words(mention.text)) & self.words.numbers
        bodies = tuple(word for kind in self.words.kinds.values() if kind.open for word in kind.words)
        told = (set(plain_words(other.text)) for other in chain.mentions if other.head.endswith(bodies))
        return bool(number) and mention.definite and mention.head in bodies and any(number <= words for words in told)

    def _described(self, mention: Mention) -> None:
        if mention.definite:
            before = self._before(mention, mention.type.top)
            fitting = [entry for entry in before if self._has_head(entry[0], mention.head)]
            self._take(mention, self._best(mention, fitting), "the nearest such before it")

    def _has_head(self, chain: Chain, head: str) -> bool:
        """Whether a chain's head, or the last word of a name, is like the head of a description."""
        heads = {mention.head for mention in chain.mentions} | {plain_words(name)[-1] for name in chain.names}
        return any(self.words.same_head(head, other) for other in heads)

    def _has_word(self, chain: Chain, word: str) -> bool:
        return any(word in plain_words(name) for name in _surfaces(chain))

    def _own(self, mention: Mention, key: str) -> Chain:
        """The chain of earlier descriptions in the same words, or a new one."""
        top = mention.type.top
        same = (c for c in self.text.of(top) if not c.named and self._own_key(c, key))
        return next(same, None) or Chain(top)

    def _own_key(self, chain: Chain, key: str) -> bool:
        return key == "the country" or any(self.text.description(mention).key == key for mention in chain.mentions)

    # ---- salience --------------------------------------------------------------------------------------------

    def _before(self, mention: Mention, top: ThingType) -> list[tuple[Chain, Mention]]:
        """Each chain of a class with its last mention before this one, as far as this form reaches back."""
        found = {
            id(chain): (chain, other)
            for other in self.text.preceding(mention, _REACH[mention.form])
            if not other.span.covers(mention.span)
            and (chain := self.text.chain_of.get(other.id)) is not None
            and chain.top is top
        }
        return list(found.values())

    def _best(self, mention: Mention, candidates: Iterable[tuple[Chain, Mention]]) -> Chain | None:
        ranked = [(self._salience(mention, *entry), entry[1].span.start, entry[0]) for entry in candidates]
        return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None

    def _salience(self, mention: Mention, chain: Chain, last: Mention) -> float:
        back = self.text.sentence(mention) - self.text.sentence(last)
        pronoun = mention.form is Form.PRONOUN
        score = -float(back * (_FADING if pronoun else 1))
        same = [m for m in chain.mentions if m.sentence == last.sentence and m.span <= last.span]
        score += _SUBJECT * any(m.subject for m in same)
        score += (_SAID if pronoun else _SPEAKER) * any(m.id in self.speakers for m in same)
        if mention.form is Form.NOMINAL and mention.type is not ThingType.PERSON:
            shared = self.text.description(mention).words
            overlap = any(shared & name.words for name in self.text.names(chain))
            score += _TOPIC * (self.text.sentence(chain.first) == 0)
            score += _OFTEN * min(_OFTEN_ENOUGH, len(chain.mentions))
            score += _SAME_WORD * self._has_word(chain, mention.head) + _OVERLAP * overlap
            score += _SPEAKERS * self._speaks_here(chain, mention)
        return score

    def _speaks_here(self, chain: Chain, mention: Mention) -> bool:
        """Whether a person of the body says the mention's sentence: "the company" is the speaker's own."""
        speakers = (self.text.chain_of.get(ident) for ident in self.said_in.get(mention.sentence.start, ()))
        people = (speaker for speaker in speakers if speaker is not None and speaker.top is ThingType.PERSON)
        return any(self._spoken_for(person) is chain for person in people)

    def _take(self, mention: Mention, chain: Chain | None, reason: str) -> None:
        if chain is not None:
            self.text.put(mention, chain, reason)


def _speakers(text: Text) -> frozenset[str]:
    roles = (role for fact in text.extraction.facts for role in fact.roles)
    return frozenset(role.mention for role in roles if role.name is RoleName.STATED_BY and role.mention is not None)


def _said_in(text: Text) -> dict[int, list[str]]:
    """The mentions of those who state the facts of a sentence, by where the sentence starts."""
    found: dict[int, list[str]] = {}
    for fact in text.extraction.facts:
        speakers = [role.mention for role in fact.roles if role.name is RoleName.STATED_BY and role.mention is not None]
        found.setdefault(fact.evidence[0].start, []).extend(speakers)
    return found


def _indefinite(mention: Mention) -> bool:
    return mention.text.lower().startswith(("a ", "an ", "another "))


def _complement(mention: Mention) -> frozenset[str]:
    """The stems of what follows the head of a description: "the committee on [mines and trade]"."""
    parts = re.split(r"\s(?:of|on|for)\s", mention.name, maxsplit=1)
    return content_words(parts[1]) if len(parts) > 1 else frozenset()


def _in_dateline(chain: Chain, text: str) -> bool:
    begin = text.rfind("\n", 0, chain.first.span.start) + 1
    return chain.first.span.end <= dateline_end(text, begin)


def _ends_like(chain: Chain, head: str) -> bool:
    """Whether a body known by an acronym alone may be called by a noun: the acronym has its initial at an end."""
    return chain.named and all(
        is_acronym(name) and head[0] in (name[0].lower(), name[-1].lower()) for name in chain.names
    )


def _precedes(chain: Chain, mention: Mention) -> bool:
    return any(other.span < mention.span for other in chain.mentions)


def _last_before(chain: Chain, mention: Mention) -> Mention:
    return max((other for other in chain.mentions if other.span < mention.span), key=lambda other: other.span)


def _distinct(fitting: Iterable[Holder]) -> list[Chain]:
    return list({id(holder.person): holder.person for holder in fitting}.values())


def _surfaces(chain: Chain) -> set[str]:
    return {mention.name for mention in chain.mentions if mention.form is not Form.PRONOUN}
