"""What spelling says of the gaps between words: where a sentence may, must or cannot start.

A line break always ends a sentence. A full stop does unless an abbreviation, an initial, a number, a dateline or a
lower-case word after it says otherwise. The short forms are data: `indiggraph/data/abbreviations.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from indiggraph.resources import data_path, load_word_lists

__all__ = ["Mark", "ShortForms", "Word", "dateline_end", "is_dotted", "lines", "mark_gaps", "short_forms"]

_FINAL = tuple(".!?…")  # what a token that can end a sentence ends with
_CLOSING = frozenset("\"'”’»)]}") | {"''"}
_OPENING = frozenset("\"'“‘«([{") | {"``"}
_BULLETS = frozenset("•●▪■‣◦►")  # these only ever open an item
_DASHES = frozenset("–—-*") | _BULLETS  # and these may
_CONTINUING = frozenset(",;:.!?…%)]}/&+=<>|_–—-’”»")  # a sentence does not start with one of these
_QUOTES = frozenset("\"'”’»") | {"''"}
_INITIAL = re.compile(r"[^\W\d_]\.$")
_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\)?\.?$")  # 1. 2) a. iv. before an item of a list
_LABEL_WORDS = 4  # of a label at most: ( 1 ) .
_SIGNATURE = re.compile(r"[A-Z]{2,4}/[A-Z]{2,4}$")  # writer and editor
_SAYING_WITHIN = 5  # words after a closing quotation mark among which a verb of saying counts
_DATE = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_PLACE = r"(?:[A-Z][^\s.,()–—]*\.?)(?:[ ,]{1,2}[A-Z][^\s.,()–—]*\.?){0,5}"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:[.,]\s*{_DATE})?|{_DATE})(?:[.,]\s*[A-Z]{{2,10}}\b)?"
    r"(?:,?\s*\([^()\n]{2,40}\)|\s*/[^/\n]{2,40}/)?\s*(?:–|—|-{1,3}|:)\s+"
)
_DATELINE_REACH = 120  # characters at the start of a line in which a dateline must end


@dataclass(frozen=True, slots=True)
class ShortForms:
    """The lists of `abbreviations.yaml`; its comments say what each means."""

    never_final: frozenset[str]
    never_first: frozenset[str]
    before_number: frozenset[str]
    may_be_final: frozenset[str]
    split: frozenset[str]
    starters: frozenset[str]
    saying: frozenset[str]

    @property
    def tokens(self) -> list[str]:
        """Short forms that are one token."""
        return sorted((self.never_final | self.never_first | self.before_number | self.may_be_final) - self.split)


@cache
def short_forms() -> ShortForms:
    """Read the packaged lists; a list that is missing or not of words raises `ResourceError`."""
    return ShortForms(**load_word_lists(data_path("abbreviations.yaml"), ShortForms.__slots__))


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


class Mark(Enum):
    """What is said of the gap before a word."""

    BREAK = "B"  # a sentence starts for sure: at a line break, a bullet, after a reference mark
    HELD = "H"  # none starts for sure: inside a dateline, after a title, before a company's legal form
    SPLIT = "S"  # by its spelling one starts
    SHORT = "A"  # none starts, for the full stop seems that of a short form
    JOINED = "J"  # none starts


def lines(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First word and end of each line."""
    first = 0
    for end, word in enumerate(words, 1):
        if word.breaks or end == len(words):
            yield first, end
            first = end


def mark_gaps(words: Sequence[Word], text: str, forms: ShortForms) -> list[Mark]:
    """For each word what is said of the gap before it, in time linear in the text."""
    marks = [Mark.JOINED] * len(words)
    for first, end in lines(words):
        marks[first] = Mark.BREAK
        _mark_line(marks, words[first:end], first, dateline_end(text, words[first].start), forms)
    return marks


def dateline_end(text: str, start: int) -> int:
    """Offset after a dateline that begins here ("ARDAN, May 5 (XNA) – "), 0 if none does; lines begin with one."""
    found = _DATELINE.match(text, start, start + _DATELINE_REACH)
    return found.end() if found else 0


def _mark_line(marks: list[Mark], line: Sequence[Word], offset: int, held: int, forms: ShortForms) -> None:
    """Fill in the marks of a line whose first word is number `offset`; its dateline ends at `held`."""
    first = place = 0  # first word of the present sentence
    while place < len(line):
        last = _closing_end(line, place)
        after = last + 1
        if after < len(line):
            mark = Mark.HELD if line[after].start <= held else _mark(line, first, place, last, forms)
            if mark is Mark.JOINED and marks[offset + first] is Mark.SPLIT and _is_signature(line, first, after):
                mark = Mark.SPLIT
            marks[offset + after] = mark
            if mark in (Mark.SPLIT, Mark.BREAK):
                first = after
        place = after


def _closing_end(line: Sequence[Word], place: int) -> int:
    """Place of the last of the closing marks and references that follow a final mark; `place` if it is none."""
    last = place
    if line[place].text.endswith(_FINAL):
        while not line[last].spaced and last + 1 < len(line) and line[last + 1].text in _CLOSING:
            last += 1
        while _is_reference(line, last + 1):
            last += 3
    return last


def _is_reference(line: Sequence[Word], place: int) -> bool:
    """Whether a reference mark such as [12] starts here."""
    mark = [word.text for word in line[place : place + 3]]
    return mark[:1] == ["["] and mark[2:] == ["]"] and mark[1].isdigit()


def _is_signature(line: Sequence[Word], first: int, after: int) -> bool:
    """Whether a sentence has nothing but the initials of writer and editor, and a capitalised word follows."""
    signed = "".join(word.text for word in line[first:after]) if after == first + 3 else ""
    return bool(_SIGNATURE.match(signed)) and line[after - 1].spaced and line[after].text.istitle()


def _mark(line: Sequence[Word], first: int, place: int, last: int, forms: ShortForms) -> Mark:
    """What is said of the gap after `last`; closing marks stand between the word at `place` and it."""
    if line[last].spaced and line[last + 1].text in _BULLETS and line[last + 1].spaced:
        return Mark.BREAK
    if line[last + 1].text in forms.never_first:
        return Mark.HELD
    if not line[place].text.endswith(_FINAL) or not _can_start(line, last + 1):
        return Mark.JOINED
    if not line[last].spaced and not _glued(line, place, last):
        return Mark.JOINED
    if line[last].text == "]" and last > place:
        return Mark.BREAK
    mark = line[place].text
    if mark[-1] in "!?" and last > place and line[last].text in _QUOTES:
        return Mark.JOINED if _verb_of_saying(line, last + 1, forms) else Mark.SPLIT
    if not mark.endswith(".") or mark.startswith(".."):
        return Mark.SPLIT
    if last == place and _is_label(line[first : min(place + 1, first + _LABEL_WORDS + 1)]):
        return Mark.JOINED
    return _mark_short_form(_full_form(line, place), line[last + 1].text, forms)


def _is_label(sentence: Sequence[Word]) -> bool:
    """Whether a sentence is nothing but the number or letter of an item, as far as it goes."""
    return len(sentence) <= _LABEL_WORDS and all(_LABEL.match(word.text) or word.text in ".()" for word in sentence)


def _full_form(line: Sequence[Word], place: int) -> str:
    """The word with its full stop, whether the tokenizer cut it off or not."""
    text = line[place].text
    if text == "." and place and not line[place - 1].spaced:
        return line[place - 1].text + "."
    return text


def _mark_short_form(form: str, following: str, forms: ShortForms) -> Mark:
    if form in forms.never_final:
        return Mark.HELD
    if form in forms.before_number and (following[:1].isdigit() or following in "#"):
        return Mark.SHORT
    if form in forms.may_be_final or _INITIAL.match(form) or is_dotted(form):
        return Mark.SPLIT if following in forms.starters or following in _OPENING else Mark.SHORT
    return Mark.SPLIT


def is_dotted(form: str) -> bool:
    """U.S., p.m., H.E.: full stops inside."""
    return "." in form[:-1].strip(".") and all(0 < len(part) <= 2 for part in form[:-1].split("."))


def _can_start(line: Sequence[Word], place: int) -> bool:
    """Whether a sentence can start at this word: not in lower case, not with a mark that only goes on."""
    text = line[place].text
    if text in _OPENING or (text in _DASHES and line[place].spaced):
        return place + 1 < len(line) and not line[place + 1].text[0].islower()
    return not text[0].islower() and text[0] not in _CONTINUING


def _glued(line: Sequence[Word], place: int, last: int) -> bool:
    """No space after the mark: a new sentence only if a capitalised word follows, as in "...in town.The next"."""
    following = line[last + 1].text
    before = line[place - 1].text if place else ""
    capitalised = following[:1].isupper() and (following[1:2].islower() or following in ("I", "A"))
    opened = following in _OPENING and line[place].end == line[last + 1].start and following not in "'\""
    return (capitalised and before[-1:].islower()) or (capitalised and last > place) or opened


def _verb_of_saying(line: Sequence[Word], place: int, forms: ShortForms) -> bool:
    for word in line[place : place + _SAYING_WITHIN]:
        if word.text.endswith(_FINAL):
            return False
        if word.text in forms.saying:
            return True
    return False
