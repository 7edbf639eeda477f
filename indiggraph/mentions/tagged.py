"""What the tagger takes for names, without titles, posts and possessives, and what of it is no name of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from indiggraph.lang.marks import dateline_end
from indiggraph.lexicon import Entry, Lexicon
from indiggraph.mentions.tokens import ARTICLES, is_join, is_name_word, is_plural, noun, title_at
from indiggraph.model import ThingType

__all__ = ["Find", "cleaned", "datelines", "find_tagged", "is_title", "names_event", "strip_start"]

_LABELS = {
    "PERSON": ThingType.PERSON,
    "ORG": ThingType.ORGANIZATION,
    "GPE": ThingType.PLACE,
    "LOC": ThingType.PLACE,
    "EVENT": ThingType.GATHERING,
    "PRODUCT": ThingType.PRODUCT,
}
_LINE = re.compile(r"^[^\S\n]*", re.MULTILINE)
_SYLLABLE = 5  # letters
_NO_SYLLABLES = frozenset(
    {"based", "led", "made", "wide", "owned", "run", "born", "style", "built", "era", "type", "grade"}
)
_SMALL_WORDS = frozenset({"ADP", "CCONJ", "DET", "SCONJ"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Find:
    """A span that is a name, of a class that its finder believes in."""

    start: int
    end: int
    type: ThingType
    rule: str
    weight: float
    head: int
    entry: Entry | None = None


def find_tagged(doc: Doc, lexicon: Lexicon, words: Set[str]) -> Iterator[Find]:
    """Yield the names that the tagger finds; ``words`` are those of the text."""
    ends = {end for _, end in datelines(doc.text)}
    for span in doc.ents:
        if span.label_ not in _LABELS:
            continue
        start, end = span.start, span.end
        cut = next((token.i for token in span if token.idx in ends), start)
        if cut > start:  # the tagger may join the place of a dateline with the first name behind it
            yield from cleaned(doc, start, cut, ThingType.PLACE, lexicon, words)
            start = cut
        start = _open_bracket(doc, start, end)
        end = _behind_small_words(doc, start, end, lexicon)
        while (more := _linked_after(doc, end)) > end:
            end = more
        while start > 1 and _is_joined(doc, start - 1) and is_name_word(doc[start - 2]):
            start -= 2
        yield from cleaned(doc, start, end, _LABELS[span.label_], lexicon, words)


def _behind_small_words(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the end of a tagged span without "of" and "and" at its end, or with the country that "of" leads to."""
    if doc[end - 1].lower_ == "of" and end < len(doc) and lexicon.country(doc[end].text) is not None:
        return end + 1
    while end - start > 1 and doc[end - 1].text.islower() and doc[end - 1].pos_ in _SMALL_WORDS:
        end -= 1
    return end


def _open_bracket(doc: Doc, start: int, end: int) -> int:
    """Return the start of a name whose bracket opens before the tagged span: "Norvik (*Chad) Ltd*"."""
    texts = [token.text for token in doc[start:end]]
    if ")" not in texts or "(" in texts or start < 2 or doc[start - 1].text != "(" or not is_name_word(doc[start - 2]):
        return start
    start -= 2
    while start and is_name_word(doc[start - 1]) and not doc[start].is_sent_start:
        start -= 1
    return start


def _linked_after(doc: Doc, end: int) -> int:
    """Return the end after a hyphen or "&" and the capitalised word behind it; the same end if there is none."""
    if is_join(doc[end - 1]) and end < len(doc) and is_name_word(doc[end]) and not doc[end - 1].whitespace_:
        return end + 1
    hyphen = end - 1 if is_join(doc[end - 1]) else end
    if hyphen + 1 < len(doc) and _is_syllable(doc, hyphen):
        return hyphen + 2
    if end + 1 >= len(doc) or not is_name_word(doc[end + 1]):
        return end
    return end + 2 if doc[end].text == "&" or _is_joined(doc, end) else end


def _is_syllable(doc: Doc, hyphen: int) -> bool:
    """Whether a hyphen joins the second syllable to a person's given name: "Tan Mi-*ran*"."""
    given, syllable = doc[hyphen - 1], doc[hyphen + 1]
    short = max(len(given), len(syllable)) <= _SYLLABLE and syllable.text.isalpha() and syllable.text.islower()
    return short and _is_joined(doc, hyphen) and given.ent_iob_ == "I" and syllable.lower_ not in _NO_SYLLABLES


def _is_joined(doc: Doc, hyphen: int) -> bool:
    """Whether a token is a hyphen between two words, without space on either side."""
    return is_join(doc[hyphen]) and not doc[hyphen - 1].whitespace_ and not doc[hyphen].whitespace_


def cleaned(doc: Doc, start: int, end: int, kind: ThingType, lexicon: Lexicon, words: Set[str]) -> Iterator[Find]:
    """Cut titles and possessives off a tagged span; a title inside cuts it in two ("[Northwind] Head [A. Smith]")."""
    posts = lexicon.posts
    cut = max((i + 1 for i in range(start, end - 1) if is_title(doc[i], lexicon)), default=start)
    if cut > start and (kind is ThingType.PERSON or noun(doc[start]) not in posts.heads | posts.honorifics):
        first = next(i for i in range(start, cut) if is_title(doc[i], lexicon))
        if first > start and not _no_name(doc, start, first, ThingType.ORGANIZATION, lexicon, words):
            yield Find(start, first, ThingType.ORGANIZATION, "tagger", 1, first - 1)
        start, kind = cut, ThingType.PERSON
    if kind is ThingType.ORGANIZATION:
        start = _behind_post(doc, start, end, lexicon)
    while start < end and (doc[start].lower_ in ARTICLES or not doc[start].text[0].isalnum()):
        start += 1
    while end > start and (doc[end - 1].text in _POSSESSIVE or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    start = strip_start(doc, start, end, lexicon) if end - start > 1 else start
    while kind is ThingType.PERSON and end - start > 2 and is_title(doc[end - 1], lexicon):
        end -= 1  # "Ada Voss MP"
    if kind is ThingType.PERSON:
        while start > 0 and doc[start - 1].lower_ in posts.kept_titles and is_name_word(doc[start - 1]):
            start -= 1
    if end > start and not _no_name(doc, start, end, kind, lexicon, words):
        yield Find(start, end, kind, "tagger", 1 if end - start > 1 else 0.5, end - 1)


def strip_start(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the start without articles, former and current marks, and lower-case kinds before the name."""
    while start < end - 1 and (
        doc[start].lower_ in ARTICLES
        or doc[start].lower_ in lexicon.posts.former
        or (_describes(noun(doc[start]), lexicon) and not (is_plural(doc[start]) and doc[start].text[0].isupper()))
    ):
        start += 1
    return start


def _describes(word: str, lexicon: Lexicon) -> bool:
    endings = tuple(ending.removesuffix("s") for ending in lexicon.groups.endings)
    return word in lexicon.bodies.descriptions or word.endswith(endings)


def _behind_post(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the start of a body's name behind a post and "of" that the tagger took in ("Head of Northwind Board")."""
    posts = lexicon.posts
    for i in range(start, end - 2):
        if noun(doc[i]) in posts.heads and not is_plural(doc[i]) and doc[i + 1].lower_ in ("of", "for", "at"):
            return i + 2
        if noun(doc[i]) not in posts.ranks | posts.heads and not lexicon.is_topic(doc[i].text):
            break
    return start


def is_title(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a post or a form of address that belongs to no name."""
    posts, low = lexicon.posts, token.lower_.rstrip(".")
    return (noun(token) in posts.heads or low in posts.honorifics) and low not in posts.kept_titles


def _no_name(doc: Doc, start: int, end: int, kind: ThingType, lexicon: Lexicon, words: Set[str]) -> bool:
    """Whether a tagged span is none of our names: a time, a currency, a demonym, a post, or no name at all.

    ``words`` are those of the text: what it writes in lower case elsewhere is no name at the start of a sentence.
    """
    if not any(character.isupper() for character in doc[start:end].text):
        return True
    last = doc[end - 1]
    if noun(last) in lexicon.posts.heads or names_event(doc, start, end, lexicon):
        return True
    if end - start > 1:
        return False
    word = last.text
    if kind is ThingType.PERSON and word.lower() in lexicon.posts.honorifics - lexicon.posts.kept_titles:
        return True  # "Capt" before a name that the tagger begins behind the full stop
    if lexicon.is_topic(word) and (kind is ThingType.PLACE or title_at(doc, end, lexicon) is not None):
        return True  # "Transport" in "Deputy Transport Minister"
    if not word[0].isupper() or last.pos_ == "ADJ":
        return True
    common = last.is_sent_start and not word.isupper() and (last.pos_ == "NOUN" or word.lower() in words)
    never = word.lower() in lexicon.nouns.never_names or lexicon.is_calendar_or_money(word) or lexicon.is_demonym(word)
    return common or never


def names_event(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the head of a name is a noun such as "war": its last word, or the last before "of"."""
    inner = next((i for i in range(start + 1, end) if doc[i].lower_ == "of"), end)
    if inner < end and noun(doc[inner - 1]) in lexicon.bodies.heads:
        return False  # "Ministry of Roads"
    return any(noun(doc[i - 1]) in lexicon.nouns.no_name_heads for i in (inner, end))


def datelines(text: str) -> list[tuple[int, int]]:
    """Return where datelines begin and where the text behind them does."""
    found = ((line.end(), dateline_end(text, line.end())) for line in _LINE.finditer(text))
    return [(start, end) for start, end in found if end]
