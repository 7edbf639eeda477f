"""Finds where a text refers to things: names, descriptions ("the ministry"), pronouns.

Names are labels of their own.  A described group, program or gathering that says more than its head ("domestic parts
makers") is a label too and has :attr:`Form.NAME`; a bare one ("the makers") is :attr:`Form.NOMINAL`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.groups import find_groups
from indiggraph.mentions.matters import find_matters
from indiggraph.mentions.names import credit_tokens, find_names
from indiggraph.mentions.phrases import find_bodies, find_people, find_places, find_pronouns
from indiggraph.mentions.posts import Post, find_posts
from indiggraph.mentions.sites import with_kinds, with_sites
from indiggraph.mentions.tokens import Candidate, char_span, is_plural, noun, text_of
from indiggraph.model import Document, Form, Mention, Span, ThingType

__all__ = ["Post", "find_mentions", "find_posts"]

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_HEADLINE_SHARE = 0.6  # of the words longer than three letters


def find_mentions(document: Document, doc: Doc, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions of a document, in the order of the text; no two have the same span."""
    credits = credit_tokens(doc, lexicon)
    names = with_sites(doc, find_names(doc, lexicon, credits), lexicon)
    taken = _tokens(names)
    titles = _headline(doc)
    bodies = [c for c in find_bodies(doc, names, lexicon) if c.start not in titles]
    posts = find_posts(doc, [*names, *bodies], lexicon)
    described = [
        *bodies,
        *find_groups(doc, taken | _tokens(c for c in bodies if c.form is Form.NAME), lexicon),
        *find_matters(doc, names, lexicon),
        *find_places(doc, taken, lexicon),
        *find_people(doc, posts, [n for n in names if n.type is ThingType.PERSON], lexicon),
        *find_pronouns(doc),
    ]
    described = [c for c in described if c.start not in titles and c.start not in credits]
    kinds = _kinds(described)  # a place in "the Eurasia desk" is no mention of its own
    kept = [name for name in names if name.type is not ThingType.PLACE or name.start not in kinds]
    forms = [*_with_brackets(names), *_without_titles(doc, names, lexicon), *with_kinds(doc, names, lexicon)]
    chosen = _choose([*kept, *forms, *described])
    mentions = [_mention(document, doc, candidate, lexicon) for candidate in chosen]
    spans = {mention.span for mention in mentions}
    closed = [mention.span for mention in mentions if _is_name(mention)]
    closed += [char_span(doc, post.start, post.end) for post in posts]
    mentions += [m for m in _sectors(document, doc, lexicon, closed, credits) if m.span not in spans]
    return tuple(sorted(mentions, key=lambda m: m.span))


def _tokens(candidates: Iterable[Candidate]) -> set[int]:
    return {i for candidate in candidates for i in range(candidate.start, candidate.end)}


def _is_name(mention: Mention) -> bool:
    """Whether the words of a mention are a name: those inside name no sector."""
    named = mention.rule.startswith("name:") or mention.type.top is ThingType.ORGANIZATION
    return mention.form is Form.NAME and named


def _with_brackets(names: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield names together with their acronyms in brackets: "Zenda Mines Organization (ZMO)" is one more form."""
    by_span = {name.span: name for name in names}
    for name in by_span.values():
        full = by_span.get(name.alias_of) if name.alias_of is not None else None
        if full is not None:
            yield replace(full, end=name.end + 1, rule="name with acronym", alias_of=full.span)


def _without_titles(doc: Doc, names: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the names of people without the titles that stand in them ("Dame Ada Voss"): one more form."""
    for name in names:
        start = name.start
        while name.type is ThingType.PERSON and doc[start].lower_ in lexicon.posts.kept_titles and start < name.end - 2:
            start += 1
        if start > name.start:
            yield replace(name, start=start, rule="name without title", alias_of=name.span)


def _kinds(described: Iterable[Candidate]) -> set[int]:
    """Return the tokens before the heads of programs and gatherings: they say what kind is meant."""
    matters = (ThingType.PROGRAM, ThingType.GATHERING)
    labels = (c for c in described if c.type in matters and c.form is Form.NAME)
    return {i for label in labels for i in range(label.start, label.head)}


def _headline(doc: Doc) -> set[int]:
    """Return the tokens of a title line: a first paragraph without full stop whose long words are capitalised."""
    first, _, rest = doc.text.partition("\n")
    words = [word for word in first.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    closed = first.rstrip().endswith((".", "”", '"'))
    if not rest.strip() or not words or closed or capitals < _HEADLINE_SHARE * len(words):
        return set()
    return {token.i for token in doc if token.idx < len(first)}


def _choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one candidate for each span, names before descriptions."""
    by_span: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        by_span.setdefault(candidate.span, candidate)
    return list(by_span.values())


def _mention(document: Document, doc: Doc, candidate: Candidate, lexicon: Lexicon) -> Mention:
    span = char_span(doc, candidate.start, candidate.end)
    head = doc[candidate.head]
    target = candidate.alias_of
    return Mention(
        id=_id(document, span, candidate.type),
        document=document.id,
        span=span,
        sentence=_sentence(doc, head.i),
        type=candidate.type,
        form=candidate.form,
        text=document.text[span.start : span.end],
        name=_clean(text_of(doc, candidate.start, candidate.end), candidate, lexicon),
        head=noun(head) if candidate.form is not Form.PRONOUN else head.lower_,
        rule=candidate.rule,
        key=candidate.key,
        subject=_is_subject(doc, candidate),
        plural=is_plural(head) or head.lower_ in ("they", "their"),
        definite=candidate.definite or candidate.rule.startswith("name:"),
        country=candidate.country or _country(doc, candidate, lexicon),
        refers_to=_id(document, char_span(doc, *target), candidate.type) if target is not None else None,
    )


def _id(document: Document, span: Span, kind: ThingType) -> str:
    content = f"{document.id}\n{span.start}-{span.end}\n{kind}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _sentence(doc: Doc, i: int) -> Span:
    sentence = doc[i].sent
    start, end = sentence.start, sentence.end
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return char_span(doc, start, end)


def _clean(text: str, candidate: Candidate, lexicon: Lexicon) -> str:
    if candidate.form is Form.PRONOUN:
        return text
    if candidate.alias_of is not None and candidate.alias_of[0] == candidate.start:
        text = text.partition("(")[0]
    text = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
    return text.strip(" ,;:'\"“”’")


def _is_subject(doc: Doc, candidate: Candidate) -> bool:
    root = doc[candidate.start : candidate.end].root
    while root.dep_ in ("conj", "appos", "flat") and root.head != root:
        root = root.head
    return root.dep_.startswith(("nsubj", "obl:agent"))


def _country(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> str | None:
    """Return the country that a demonym or a country's name inside, before or right behind a mention gives."""
    if candidate.type is ThingType.PERSON or candidate.form is Form.PRONOUN:
        return None
    for token in doc[candidate.start : candidate.end]:
        code = lexicon.country_of_demonym(token.text) or lexicon.country(token.text)
        if code is not None and token.text[0].isupper():
            return code
    if candidate.type.top is not ThingType.ORGANIZATION:
        return None
    i = candidate.start - 1
    if i > 0 and doc[i].text in ("'s", "’s"):
        return lexicon.country(doc[i - 1].text)
    placed = candidate.end + 1 < len(doc) and doc[candidate.end].lower_ in ("in", "of")
    return lexicon.country(doc[candidate.end + 1].text) if placed else None


def _sectors(
    document: Document, doc: Doc, lexicon: Lexicon, closed: Iterable[Span], credits: Collection[int]
) -> Iterator[Mention]:
    """Yield mentions of sectors outside names, posts and credits."""
    covered = {i for span in closed for i in range(span.start, span.end)}
    for span, key in lexicon.find_sectors(doc.text):
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        named = not covered.isdisjoint(range(span.start, span.end))
        if tokens is None or named or tokens.start in credits:
            continue
        text = document.text[span.start : span.end]
        yield Mention(
            id=_id(document, span, ThingType.SECTOR),
            document=document.id,
            span=span,
            sentence=_sentence(doc, tokens.start),
            type=ThingType.SECTOR,
            form=Form.NAME,
            text=text,
            name=" ".join(text.split()),
            head=noun(tokens[-1]),
            rule="sector",
            key=key,
        )
