"""Names of programs that their numbers or quotation marks tell: "Note 7", the "Step Ahead" scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import noun

__all__ = ["numbered", "quoted"]

_NUMBERED = re.compile(r"\b(?P<head>[A-Z][a-z]+) (?:No\.? ?|№ ?)?(?P<number>\d[\d/.,–\-]*(?:\w[\w/\-]*)?(?<![.,]))")
_QUOTED = re.compile(r"[“\"]([A-Z][^”“\"\n]{2,50}?)[”\"]")
_CALLED_REACH = 5  # tokens
_YEAR = re.compile(r"(?:1[34]|20)\d\d")


def numbered(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and head of laws by number: "Note 7", "Royal Decree 12/2010", "Section 9B", "Budget 2031"."""
    for match in _NUMBERED.finditer(doc.text):
        word, number = match["head"].lower(), match["number"]
        telling = word in lexicon.programs.numbered or (word in lexicon.programs.parts and number[-1].isalpha())
        dated = word in lexicon.programs.yearly and _YEAR.fullmatch(number) is not None
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or not (telling or dated):
            continue
        start = span.start
        while start > 0 and doc[start - 1].lower_ in lexicon.programs.givers and doc[start - 1].text[0].isupper():
            start -= 1
        yield start, span.end, span.start


def quoted(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and head of names in quotation marks: the "Step Ahead" scheme, a plan titled "Step Ahead"."""
    for match in _QUOTED.finditer(doc.text):
        span = doc.char_span(match.start(1), match.end(1))
        if span is None or span.start < 2 or span.end + 1 >= len(doc):
            continue
        after, called = doc[span.end + 1], doc[span.start - 2].lower_ in ("titled", "called", "named", "dubbed")
        kinds = lexicon.programs.strong | lexicon.sites.systems
        before = doc[max(span.start - _CALLED_REACH, doc[span.start - 1].sent.start) : span.start - 1]
        if (after.text.islower() and noun(after) in kinds) or (called and any(noun(t) in kinds for t in before)):
            yield span.start, span.end, span.end - 1
