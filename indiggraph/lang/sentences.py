"""Sentence boundaries of news text, by rule.

A line break always ends a sentence. A full stop does unless an abbreviation, an initial, a number, a dateline or a
lower-case word after it says otherwise. The short forms are data: `indiggraph/data/abbreviations.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph.errors import ResourceError
from indiggraph.resources import data_path, load_yaml

__all__ = ["ShortForms", "Word", "find_starts", "short_forms"]

_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FINAL = re.compile(r"(?:[.!?…]|[.!?]*[!?][.!?]*|\.{2,})$")  # what a token that can end a sentence looks like
_CLOSING = frozenset("\"'”’»)]}") | {"''"}
_OPENING = frozenset("\"'“‘«([{") | {"``"}
_BULLETS = frozenset("–—-•*")
_CONTINUING = frozenset(",;:.!?…%)]}/&+=<>|_–—-’”»")  # a sentence does not start with one of these
_QUOTES = frozenset("\"'”’»") | {"''"}
_INITIAL = re.compile(r"[^\W\d_]\.$")
_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\)?\.?$")  # 1. 2) a. iv. before an item of a list
_SAYING_WITHIN = 5  # words after a closing quotation mark among which a verb of saying counts
_DATE = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_PLACE = r"(?:[A-Z][^\s.,()–—]*\.?)(?:[ ,]{1,2}[A-Z][^\s.,()–—]*\.?){0,5}"
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}(?:[.,]\s*{_DATE})?|{_DATE})(?:,?\s*\([^()\n]{{2,40}}\)|\s*/[^/\n]{{2,40}}/)?\s*(?:–|—|--|-|:)\s"
)
_DATELINE_REACH = 120  # characters at the start of a line in which a dateline must end


@dataclass(frozen=True, slots=True)
class ShortForms:
    """The lists of `abbreviations.yaml`; its comments say what each means."""

    never_final: frozenset[str]
    before_number: frozenset[str]
    may_be_final: frozenset[str]
    split: frozenset[str]
    starters: frozenset[str]
    saying: frozenset[str]

    @property
    def tokens(self) -> list[str]:
        """Short forms that are one token."""
        return sorted((self.never_final | self.before_number | self.may_be_final) - self.split)


@cache
def short_forms() -> ShortForms:
    """Read the packaged lists; a list that is missing or not of words raises `ResourceError`."""
    path = data_path("abbreviations.yaml")
    data = load_yaml(path)
    lists = {}
    for name in ShortForms.__slots__:
        words = data.get(name) if isinstance(data, dict) else None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ResourceError(str(path), f"{name} must be a list of words")
        lists[name] = frozenset(words)
    return ShortForms(**lists)


@dataclass(frozen=True, slots=True)
class Word:
    """What the rules look at: a token that is not white space."""

    text: str
    start: int  # character offset
    spaced: bool  # white space follows
    breaks: bool  # a line break follows

    @property
    def end(self) -> int:
        """Character offset of the end."""
        return self.start + len(self.text)


def find_starts(words: Sequence[Word], text: str, forms: ShortForms) -> list[bool]:
    """For each word, whether a sentence starts there."""
    starts = [False] * len(words)
    first, protected = 0, 0  # first word of the present sentence; end of its dateline
    after_break = True
    place = 0
    while place < len(words):
        if place == first:
            starts[place] = True
            protected = _dateline_end(text, words[place].start) if after_break else 0
        last = _sentence_end(words, first, place, forms) if words[place].end > protected else None
        stop = place if last is None else last
        broken = next((inner for inner in range(place, stop + 1) if words[inner].breaks), None)
        if broken is not None:
            last = stop = broken
        if last is not None:
            first, after_break = last + 1, words[last].breaks
        place = stop + 1
    return starts


def _dateline_end(text: str, start: int) -> int:
    """Offset after a dateline that begins here, 0 if none does."""
    found = _DATELINE.match(text, start, start + _DATELINE_REACH)
    return found.end() if found else 0


def _sentence_end(words: Sequence[Word], first: int, place: int, forms: ShortForms) -> int | None:
    """Place of the last word of the sentence if it ends with the word at `place`, closing marks included."""
    word = words[place]
    if not _FINAL.search(word.text) or word.breaks:
        return None
    last = place
    while not words[last].spaced and last + 1 < len(words) and words[last + 1].text in _CLOSING:
        last += 1
    while (end := _reference_end(words, last + 1)) is not None:
        last = end
    if last + 1 == len(words) or words[last].breaks:
        return last
    return last if _splits(words, first, place, last, forms) else None


def _reference_end(words: Sequence[Word], place: int) -> int | None:
    """Place of the last word of a reference mark such as [12] that starts here, None if none does."""
    mark = [word.text for word in words[place : place + 3]]
    broken = any(word.breaks for word in words[max(place - 1, 0) : place + 2])
    return place + 2 if mark[:1] == ["["] and mark[2:] == ["]"] and mark[1].isdigit() and not broken else None


def _splits(words: Sequence[Word], first: int, place: int, last: int, forms: ShortForms) -> bool:
    """Whether a new sentence starts after `last`; the final mark is at `place`, closing marks up to `last`."""
    following = words[last + 1]
    if not _can_start(words, last + 1) or (not words[last].spaced and not _glued(words, place, last)):
        return False
    mark = words[place].text
    if mark[-1] in "!?" and last > place and words[last].text in _QUOTES:
        return not _verb_of_saying(words, last + 1, forms)
    if not mark.endswith(".") or mark.startswith(".."):
        return True
    if all(_LABEL.match(w.text) or w.text in ".()" for w in words[first : place + 1]) and last == place:
        return False
    return _short_form_splits(_full_form(words, place), following.text, forms)


def _full_form(words: Sequence[Word], place: int) -> str:
    """The word with its full stop, whether the tokenizer cut it off or not."""
    text = words[place].text
    if text == "." and place and not words[place - 1].spaced:
        return words[place - 1].text + "."
    return text


def _short_form_splits(form: str, following: str, forms: ShortForms) -> bool:
    if form in forms.never_final:
        return False
    if form in forms.before_number and (following[:1].isdigit() or following in "#"):
        return False
    if form in forms.may_be_final or _INITIAL.match(form) or _dotted(form):
        return following in forms.starters or following in _OPENING
    return True


def _dotted(form: str) -> bool:
    """U.S., p.m., H.E.: full stops inside."""
    return "." in form[:-1].strip(".") and all(0 < len(part) <= 2 for part in form[:-1].split("."))


def _can_start(words: Sequence[Word], place: int) -> bool:
    """Whether a sentence can start at this word: not in lower case, not with a mark that only goes on."""
    text = words[place].text
    if text in _OPENING or (text in _BULLETS and words[place].spaced):
        return place + 1 < len(words) and not words[place + 1].text[0].islower()
    return not text[0].islower() and text[0] not in _CONTINUING


def _glued(words: Sequence[Word], place: int, last: int) -> bool:
    """No space after the mark: a new sentence only if a capitalised word follows, as in "...in town.The next"."""
    following = words[last + 1].text
    before = words[place - 1].text if place else ""
    capitalised = following[:1].isupper() and (following[1:2].islower() or following in ("I", "A"))
    opened = following in _OPENING and words[place].end == words[last + 1].start and words[last + 1].text not in "'\""
    return (capitalised and before[-1:].islower()) or (capitalised and last > place) or opened


def _verb_of_saying(words: Sequence[Word], place: int, forms: ShortForms) -> bool:
    for word in words[place : place + _SAYING_WITHIN]:
        if _FINAL.search(word.text):
            return False
        if word.text in forms.saying:
            return True
    return False


def _words(doc: Doc) -> tuple[list[Word], list[int]]:
    """The words of a doc and their token indexes."""
    words: list[Word] = []
    places: list[int] = []
    for token in doc:
        if token.is_space:
            if words:
                old = words[-1]
                words[-1] = Word(old.text, old.start, True, old.breaks or bool(_LINE_BREAK.search(token.text)))
        else:
            words.append(Word(token.text, token.idx, bool(token.whitespace_), False))
            places.append(token.i)
    return words, places


@Language.component("indiggraph_sentences", assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` of all tokens. White space belongs to the sentence before it, at the start to the first."""
    words, places = _words(doc)
    starts = {places[n] for n, start in enumerate(find_starts(words, doc.text, short_forms())) if start}
    starts.discard(places[0] if places else 0)
    if not len(doc):
        return doc
    marks = np.full(len(doc), _NO_START, np.int64)
    marks[[0, *sorted(starts)]] = _START
    # All at once: each assignment to a token would look through the whole doc.
    doc.from_array(["SENT_START"], cast(Any, marks.view(np.uint64)))
    return doc


_START, _NO_START = 1, -1
