"""Finds who holds which post at which body: "Jane Doe, deputy mines minister", "who chairs the guild".

Each construction is a small finder that yields a person beside a post; bodies that stand elsewhere in the text are
looked up by the words of the post ("mines minister" and "Ministry of Mines"), and left open where that is not certain.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions import Post, find_posts
from indiggraph.mentions.names import fold
from indiggraph.mentions.posts import is_full
from indiggraph.mentions.tokens import Candidate, noun, text_of
from indiggraph.model import Document, Form, Mention, Span, Tenure, ThingType
from indiggraph.tenures.words import core_noun, is_copular, is_past, is_used_to, skip_phrase, topics, was

__all__ = ["find_tenures"]

_COPULAS = frozenset({"is", "was"})
_CLITICS = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({",", "–", "—", "-", "--", "("})
_CLAUSES = frozenset({"acl", "acl:relcl"})
_SUBJECTS = ("nsubj", "obl:agent")
_OBJECTS = ("obj", "obl", "xcomp")
_OWNERS = frozenset({"its", "whose", "their"})
_RELATIONS = frozenset({"predecessor", "successor"})
_ASIDE = frozenset({"appos", "conj", "flat", "compound", "nmod:desc"})
_UNDERGOES = frozenset({"obj", "nsubj:pass"})
_NEXT_SENTENCES = 2  # within which a described speaker may be named
_CONFIDENCE = {
    "title": Decimal("0.95"),
    "apposition": Decimal("0.95"),
    "relative": Decimal("0.9"),
    "copula": Decimal("0.9"),
    "appointment": Decimal("0.85"),
    "next speaker": Decimal("0.75"),
}


@dataclass(frozen=True, slots=True)
class _Link:
    """A person beside a post; ``words`` stands for the post where a verb says it ("who chairs")."""

    person: Mention
    rule: str
    words: str
    body: Mention | None
    former: bool
    evidence: tuple[Span, ...]


def find_tenures(document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Tenure, ...]:
    """Return the tenures that a document states, in the order of the text; one for each person and post."""
    scene = _Scene(doc, mentions, lexicon)
    links = [*scene.direct(), *scene.verbal()]
    links = [*(link for link in links if core_noun(link.words) not in _RELATIONS), *scene.relations(links)]
    links += scene.succeeded(links)
    links += scene.next_speakers({_surname(link.person) for link in links})
    return tuple(_tenure(document, link) for link in _distinct(links))


class _Scene:
    """A document's people, bodies and posts by token."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        tokens = ((m, doc.char_span(m.span.start, m.span.end)) for m in mentions)
        posts = lexicon.posts
        self._giving = posts.appointed | posts.became | posts.acting | posts.leaving
        self.spans = {m.id: (span.start, span.end) for m, span in tokens if span is not None}
        self.mentions = [m for m in mentions if m.id in self.spans]
        named = [m for m in self.mentions if m.form is Form.NAME]
        self.people = {self.spans[m.id][0]: m for m in named if m.type is ThingType.PERSON}
        self.ends = {self.spans[m.id][1]: m for m in self.people.values()}
        self.bodies = [m for m in self.mentions if m.type.top is ThingType.ORGANIZATION and m.form is not Form.PRONOUN]
        self.by_span = {self.spans[m.id]: m for m in self.mentions}
        self.posts = find_posts(doc, [self._candidate(m) for m in self.mentions if _is_landmark(m)], lexicon)
        self._index()

    def _index(self) -> None:
        """Look up by token and name what the finders ask for again and again; mentions are in the order of the text."""
        self.heads = [post.head for post in self.posts]
        self.closes = {post.close: post for post in reversed(self.posts)}
        named = [m for m in self.bodies if m.form is Form.NAME]
        self.owners = [m for m in named if m.type is not ThingType.NEWS_AGENCY]
        self.owner_starts = [self.spans[m.id][0] for m in self.owners]
        self.named, self.named_starts = named, [m.span.start for m in named]
        self.public = {m.name: m for m in reversed(named) if m.head in self.lexicon.posts.public}
        self.topics = {name: topics(name, self.lexicon) for name in self.public}
        self.body_at = self._by_token(self.bodies)
        programs = [m for m in self.mentions if m.type is ThingType.PROGRAM and m.form is Form.NAME]
        self.program_at = {i: m for m in reversed(programs) for i in range(*self.spans[m.id])}
        self.starts = sorted(self.people)
        self.text = self.doc.text
        first, _, rest = self.text.partition("\n")
        headline = len(first) if rest.strip() else 0  # it may name by surname whom the text introduces below
        told = [i for i in self.starts if self.people[i].span.start >= headline]
        self.first_start = {_surname(self.people[i]): i for i in reversed(self.starts)}
        self.first_start |= {_surname(self.people[i]): i for i in reversed(told)}

    def _by_token(self, mentions: Sequence[Mention]) -> dict[int, Mention]:
        """Return for each token the longest mention around it; of equals, the first."""
        spans = {m.id: self.spans[m.id] for m in mentions}
        order = sorted(mentions, key=lambda m: (spans[m.id][1] - spans[m.id][0], -spans[m.id][0]))
        return {i: m for m in order for i in range(*spans[m.id])}

    def _candidate(self, mention: Mention) -> Candidate:
        start, end = self.spans[mention.id]
        return Candidate(start, end, mention.type, mention.form, mention.rule, end - 1)

    # ---- a post right beside a name ---------------------------------------------------------------------------

    def direct(self) -> Iterator[_Link]:
        """Yield "CEO X", "the CEO, X", "X, the CEO", "X is CEO"."""
        for post in self.posts:
            found = self._beside(post) if self._is_telling(post) else None
            if found is not None:
                person, rule = found
                yield self._link(person, post, rule)

    def _is_telling(self, post: Post) -> bool:
        """Whether a post is one of record: an owner's or economist's needs a body or a field, or more of a title."""
        whole = post.body is not None or post.end > post.head + 1 or post.owner is not None
        titled = post.start < post.head and self.doc[post.head].text[0].isupper()
        whole |= self.doc[post.close : post.close + 1].text == "to"  # "adviser to the minister"
        whole |= titled or is_full(self.doc, post, self.lexicon)
        return whole or noun(self.doc[post.head]) not in self.lexicon.posts.vague_heads

    def _beside(self, post: Post) -> tuple[Mention, str] | None:
        doc, close = self.doc, post.close
        closing = skip_phrase(doc, close, self.lexicon.posts.former_phrases)
        if (person := self._person_at(closing)) is not None:
            return person, "title"
        before = post.outer - 1
        while before > 0 and (doc[before].pos_ == "ADV" or doc[before].lower_ in self.lexicon.posts.formerly):
            before -= 1  # "X, now chairman", "X, until now chairman"
        apart = doc[post.head].dep_ not in ("nsubj", "nsubj:pass")
        if before > 0 and doc[before].text in _DASHES and before in self.ends and apart:
            return self.ends[before], "apposition"
        if close < len(doc) and doc[close].text == "," and (person := self._person_at(close + 1)) is not None:
            return person, "apposition"
        if doc[close : close + 1].text in _COPULAS and (person := self._person_at(close + 1)) is not None:
            return person, "copula"  # "whose CEO is X", whatever the tree makes of it
        return self._copula(post)

    def _person_at(self, i: int) -> Mention | None:
        """Return the person whose name begins at a token, or right behind an honorific there."""
        while i < len(self.doc) and i not in self.people and self._is_honorific(i):
            i += 1
        return self.people.get(i)

    def _is_honorific(self, i: int) -> bool:
        honorifics = self.lexicon.posts.honorifics
        if self.doc[i].text == ".":
            return i > 0 and self.doc[i - 1].lower_ in honorifics
        return self.doc[i].lower_.rstrip(".") in honorifics

    def _copula(self, post: Post) -> tuple[Mention, str] | None:
        """Return X of "X is the CEO", "who was CEO" and "whose CEO is X"."""
        head = self.doc[post.head]
        if is_copular(head) and not self._is_denied(head):
            person = self._subject(head)
            return None if person is None else (person, "copula")
        named = head.head
        if head.dep_ == "nsubj" and is_copular(named) and not self._is_denied(named) and named.i in self.people:
            return self.people[named.i], "copula"
        return None

    def _is_denied(self, head: Token) -> bool:
        return any(child.lower_ in ("not", "n't", "no", "never") for child in head.children)

    def relations(self, links: Sequence[_Link]) -> Iterator[_Link]:
        """Yield who had or has the post of the person told of last: "his predecessor, X"."""
        for link in (link for link in links if core_noun(link.words) in _RELATIONS):
            before = [other for other in links if other.person.span < link.person.span and other is not link]
            after = core_noun(link.words) == "successor"
            told = [o for o in before if core_noun(o.words) not in _RELATIONS and (after or not o.former)]
            if told and core_noun(link.words) in _RELATIONS:
                last = max(told, key=lambda other: other.person.span)
                yield _Link(link.person, link.rule, last.words, last.body, not after, (*last.evidence, *link.evidence))

    def succeeded(self, links: Sequence[_Link]) -> Iterator[_Link]:
        """Yield who had the post of whoever follows: "X, the acting head, replaces Y", "She succeeds Y"."""
        for verb in (token for token in self.doc if token.lemma_.lower() in self.lexicon.posts.following):
            before = self._object(verb) if verb.pos_ == "VERB" and self._is_current(verb) else None
            follower = next((child for child in verb.children if child.dep_ == "nsubj"), None)
            if before is None or follower is None or any(c.lower_ == "as" for v in verb.children for c in v.children):
                continue
            person = self._subject(verb)
            named = {_surname(person)} if person is not None else set()
            held = [o for o in links if not o.former and o.person.span < before.span and o.person is not before]
            held = [o for o in held if follower.pos_ == "PRON" or _surname(o.person) in named]
            if held:
                last = max(held, key=lambda other: other.person.span)
                evidence = tuple(dict.fromkeys((*last.evidence, before.sentence)))
                yield _Link(before, "appointment", self._whole_post(last.words), last.body, True, evidence)

    def _whole_post(self, words: str) -> str:
        """Return a post without what says that its holder only stands in ("acting head")."""
        first, _, rest = words.partition(" ")
        return rest if rest and first.lower() in self.lexicon.posts.provisional else words

    # ---- verbs that give a post -------------------------------------------------------------------------------

    def verbal(self) -> Iterator[_Link]:
        """Yield "X, who chairs Y", "Y, headed by X", "X was named POST", "named X POST"."""
        for token in self.doc:
            if token.pos_ != "VERB":
                continue
            lemma = token.lemma_.lower()
            if lemma in self.lexicon.posts.heads_of:
                yield from self._headed(token, self.lexicon.posts.heads_of[lemma])
            elif lemma in self._giving:
                yield from self._appointed(token)

    def _headed(self, verb: Token, post: str) -> Iterator[_Link]:
        described = False
        agent = self._person_of(verb, ("obl:agent", "obl"), "by")
        ruled = next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
        if agent is not None and (verb.dep_ in _CLAUSES or ruled is not None):
            person: Mention | None = agent
            body = self.body_at.get(verb.head.i if ruled is None or ruled.pos_ == "PRON" else ruled.i)
            post = self._title_of(agent) or post
        else:
            person = self._subject(verb)
            led = next((child for child in verb.children if child.dep_ == "obj"), None)
            body = (self.body_at.get(led.i) or self.body_at.get(led.i + 1)) if led is not None else None
            if led is not None and body is not None and (whole := self._whole_of(body)) is not None:
                post, body = text_of(self.doc, verb.i, self.spans[body.id][1]), whole
            program = self.program_at.get(led.i) if led is not None else None
            if led is not None and program is not None:  # no body: the words themselves say of what ("heads the desk")
                post, described = text_of(self.doc, verb.i, led.i + 1), True
        if person is not None and (body is not None or described) and self._is_current(verb):
            yield _Link(person, "relative", post, body, is_past(verb), (person.sentence,))

    def _whole_of(self, body: Mention) -> Mention | None:
        """Return the named body of which a described one is a part: "Northwind's sales office", "the board of X"."""
        if body.rule != "office":
            return None
        start, end = self.spans[body.id]
        if start > 1 and self.doc[start - 1].text in _CLITICS and (before := self.body_at.get(start - 2)) is not None:
            return before
        return self.body_at.get(end + 1) or self.body_at.get(end + 2) if self.doc[end].lower_ == "of" else None

    def _title_of(self, person: Mention) -> str | None:
        """Return the words of the post right before a person's name ("led by chief executive X")."""
        start = self.spans[person.id][0]
        post = self.closes.get(start)
        vague = post is not None and noun(self.doc[post.head]) in self.lexicon.posts.vague_heads
        return None if post is None or vague else text_of(self.doc, post.start, post.end)

    def _person_of(self, verb: Token, relations: tuple[str, ...], case: str) -> Mention | None:
        for child in verb.children:
            if child.dep_ in relations and any(c.dep_ == "case" and c.lower_ == case for c in child.children):
                return self.people.get(child.i)
        return None

    def _subject(self, verb: Token) -> Mention | None:
        """Return the person who is a verb's subject, or whom its relative clause describes."""
        for child in verb.children:
            if child.dep_.startswith("nsubj"):
                told = child.lower_ in ("who", "latter")
                return self._described_by(child) if told else self.people.get(child.i)
        return self._subject(verb.head) if is_used_to(verb) else None

    def _described_by(self, who: Token) -> Mention | None:
        """Return the person named last before "who" in the sentence, with no verb in between."""
        for i in range(who.i - 1, who.sent.start - 1, -1):
            if i + 1 in self.ends:
                return self.ends[i + 1]
            if self.doc[i].pos_ in ("VERB", "AUX"):
                return None
        return None

    def _is_current(self, verb: Token) -> bool:
        return not any(child.dep_ == "advmod" and child.lower_ in ("not", "never") for child in verb.children)

    def _appointed(self, verb: Token) -> Iterator[_Link]:
        """Yield who has a post by a verb: its subject, or its object where somebody gives it."""
        lemma, posts = verb.lemma_.lower(), self.lexicon.posts
        behind = self.posts[bisect_right(self.heads, verb.i) : bisect_right(self.heads, verb.right_edge.i)]
        post = next((p for p in behind if self._governs(verb, p)), None)
        if post is None or not self._is_current(verb):
            return
        as_post = self.doc[post.outer - 1].lower_ == "as"
        passive = any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children)
        given = lemma in posts.appointed and not passive
        takes = lemma in posts.became or passive or (as_post and lemma in posts.acting | posts.leaving)
        person = self._object(verb) if given else (self._subject(verb) if takes else None)
        if person is not None:
            yield self._link(person, post, "appointment", former=as_post and lemma in posts.leaving)
        before = self._object(verb) if as_post and lemma in posts.following else None
        if as_post and lemma in posts.acting:  # "took over from X as chairman"
            before = before or self._person_of(verb, ("obl",), "from")
        if before is not None:
            yield self._link(before, post, "appointment", former=True)

    def _object(self, verb: Token) -> Mention | None:
        """Return the person who is a verb's object, or whom the tree makes the first part of its complement."""
        complements = [c for c in verb.children if c.dep_ in ("obj", "xcomp") and c.i > verb.i]
        return next((self.people[c.i] for c in complements if c.i in self.people), None)

    def _governs(self, verb: Token, post: Post) -> bool:
        """Whether a post is what a verb gives: its complement, or the second part of its object."""
        head = self.doc[post.head]
        above = head.head
        return ((head.dep_ in _OBJECTS or head.dep_.startswith("obl")) and above == verb) or above.head == verb

    # ---- a described speaker who is named in the next sentence ------------------------------------------------

    def next_speakers(self, known: set[str]) -> Iterator[_Link]:
        """Yield people named as speaker right after one was described as speaker ("the minister said. ... X added")."""
        for post in self.posts:
            speaks = self._speaks(post.head, post.outer, post.close)
            if not speaks or self._beside(post) is not None or post.owner is not None:
                continue
            behind = bisect_right(self.starts, post.close)
            first = self.starts[behind] if behind < len(self.starts) else None
            if first is None or bisect_right(self.heads, post.close) < bisect_left(self.heads, first):
                continue
            person = self.people[first]
            surname = _surname(person)
            fresh = surname not in known and self.first_start[surname] == first
            if (
                fresh
                and self._speaks(first, *self.spans[person.id])
                and self._sentences_between(post.head, first) <= _NEXT_SENTENCES
            ):
                sentences = (_sentence_span(self.doc[post.head]), person.sentence)
                yield self._link(person, post, "next speaker", sentences)

    def _speaks(self, i: int, start: int, end: int) -> bool:
        """Whether a phrase is the subject of a verb of saying, in the tree or by standing right beside one."""
        token, doc = self.doc[i], self.doc
        while end < len(doc) and doc[end].pos_ in ("ADV", "AUX"):
            end += 1
        verbs = [doc[k] for k in (start - 1, end) if 0 <= k < len(doc) and doc[k].pos_ == "VERB"]
        if token.dep_ in ("nsubj", "nsubj:pass"):
            verbs.append(token.head)
        if any(verb.lemma_.lower() in self.lexicon.posts.speech for verb in verbs):
            return True
        return any(child.dep_ == "case" and child.lower_ == "according" for child in token.children)

    def _sentences_between(self, left: int, right: int) -> int:
        return sum(1 for token in self.doc[left + 1 : right + 1] if token.is_sent_start and not token.is_space)

    # ---- the body ---------------------------------------------------------------------------------------------

    def _link(
        self, person: Mention, post: Post, rule: str, evidence: tuple[Span, ...] = (), *, former: bool = False
    ) -> _Link:
        closing = skip_phrase(self.doc, post.close, self.lexicon.posts.former_phrases)
        first = max(post.outer - 2, 0)
        before = {
            token.lower_ for token in self.doc[first : post.outer] if token.pos_ == "ADV" or token.i == post.outer - 1
        }
        before |= {"until"} if self.doc[first].lower_ == "until" else set()
        former |= post.former or closing > post.close or not before.isdisjoint(self.lexicon.posts.formerly)
        former |= self._is_ousted(self.doc[self.spans[person.id][0]]) or self._is_ousted(self.doc[post.head])
        former |= rule == "copula" and (was(self.doc[post.head]) or is_used_to(self.doc[post.head]))
        words = text_of(self.doc, post.start, post.end)
        return _Link(person, rule, words, self._body(post), former, evidence or (person.sentence,))

    def _is_ousted(self, token: Token) -> bool:
        """Whether whoever a noun tells of loses the post: "removed the secretary, X", "X, director, was dismissed"."""
        while token.dep_ in _ASIDE and token.head.i != token.i:
            token = token.head
        clauses = (child for child in token.children if child.dep_ in _CLAUSES)
        verbs = [token.head] if token.dep_ in _UNDERGOES else []
        verbs += [v for v in clauses if any(c.dep_ == "nsubj:pass" for c in v.children)]
        return any(verb.lemma_.lower() in self.lexicon.posts.ousted and self._is_current(verb) for verb in verbs)

    def _body(self, post: Post) -> Mention | None:
        if post.body is not None and post.body.type.top is ThingType.ORGANIZATION:
            return self.by_span.get(post.body.span)
        if post.owner is not None:
            return self._owner(post.owner) if self.doc[post.owner].lower_ in _OWNERS else None
        return self._by_field(post) or self._only_company(post)

    def _owner(self, i: int) -> Mention | None:
        """Return the body that "its" or "whose" stands for: named before in the sentence, or the subject before."""
        first = self.doc[i].sent.start
        here = self._owners(first, i)
        if here:
            subjects = [m for m in here if m.subject]
            return subjects[0] if subjects and self.doc[i].lower_ == "its" else here[-1]
        start = self.doc[first - 1].sent.start if first > 0 else 0
        earlier = self._owners(start, first)
        subjects = [m for m in earlier if m.subject]
        return subjects[0] if subjects else (earlier[0] if len({m.name for m in earlier}) == 1 else None)

    def _owners(self, start: int, end: int) -> list[Mention]:
        """Return the named bodies that begin at the tokens from ``start`` to ``end`` (exclusive)."""
        return self.owners[bisect_left(self.owner_starts, start) : bisect_left(self.owner_starts, end)]

    def _by_field(self, post: Post) -> Mention | None:
        """Return the one ministry or department whose name holds the words of a minister's or secretary's field."""
        regional = post.place is not None and self.lexicon.country(self._name(post.place)) is None
        if regional or noun(self.doc[post.head]) not in ("minister", "secretary", "undersecretary"):
            return None
        field = self._field(post)
        found = {name: m for name, m in self.public.items() if field <= self.topics[name]}
        kinds = {self.topics[name] for name in found}
        return next(iter(found.values())) if field and len(kinds) == 1 else None

    def _name(self, candidate: Candidate) -> str:
        return text_of(self.doc, candidate.start, candidate.end)

    def _field(self, post: Post) -> frozenset[str]:
        before = text_of(self.doc, post.start, post.head) if post.start < post.head else ""
        after = self.doc[post.head + 1 : post.end]
        stop = next((t.i for t in after if t.lower_ == "for"), post.end)
        return topics(before, self.lexicon) | topics(self.doc[post.head + 1 : stop].text, self.lexicon)

    def _only_company(self, post: Post) -> Mention | None:
        """Return the only company that the paragraph names before a company's post."""
        if not any(t.lower_ in ("ceo", "managing", "executive") for t in self.doc[post.start : post.end]):
            return None
        begin, end = self.text.rfind("\n", 0, self.doc[post.head].idx) + 1, self.doc[post.start].idx
        here = self.named[bisect_left(self.named_starts, begin) : bisect_left(self.named_starts, end)]
        last = here[-1] if here else None
        return last if last and all((m.key or m.name) == (last.key or last.name) for m in reversed(here)) else None


def _is_landmark(mention: Mention) -> bool:
    """Whether a mention bounds posts: a name, or a described body."""
    named = mention.form is Form.NAME and mention.rule.startswith("name:")
    described = mention.rule in ("body", "unique", "office")
    return named or described or mention.type is ThingType.PROGRAM


def _surname(person: Mention) -> str:
    return fold(person.name.split()[-1])


def _sentence_span(token: Token) -> Span:
    sentence = token.sent
    return Span(sentence.start_char, sentence.start_char + len(sentence.text.rstrip()))


def _distinct(links: Sequence[_Link]) -> list[_Link]:
    """Keep one link for each person and kind of post: the one with the most words, then the first."""
    best: dict[tuple[str, str, bool], _Link] = {}
    bearers: dict[str, set[str]] = {}
    for link in links:
        if " " in link.person.name:
            bearers.setdefault(_surname(link.person), set()).add(fold(link.person.name))
    for link in links:
        person = _surname(link.person)
        person = fold(link.person.name) if len(bearers.get(person, ())) > 1 else person
        key = (person, core_noun(link.words), link.former)
        if key not in best or _fullness(link) > _fullness(best[key]):
            best[key] = link
    return sorted(best.values(), key=lambda link: link.evidence[0])


def _fullness(link: _Link) -> tuple[bool, int]:
    return link.body is not None, len(link.words)


def _tenure(document: Document, link: _Link) -> Tenure:
    content = f"{document.id}\n{link.person.id}\n{link.words}\n{link.former}"
    return Tenure(
        id=hashlib.sha256(content.encode()).hexdigest()[:16],
        document=document.id,
        person=link.person.id,
        post=link.words,
        evidence=link.evidence,
        rule=f"tenure:{link.rule}",
        confidence=_CONFIDENCE[link.rule],
        organization=link.body.id if link.body is not None else None,
        former=link.former,
    )
