"""Names of programs that their numbers or quotation marks tell: "Note 7", the "Step Ahead" scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import is_name_word, noun, title_at

__all__ = ["called", "numbered", "quoted", "whole", "year_before", "year_end"]

_NUMBERED = re.compile(r"\b(?P<head>[A-Z][a-z]+) (?:No\.? ?|№ ?)?(?P<number>\d[\d/.,–\-]*(?:\w[\w/\-]*)?(?<![.,]))")
_QUOTED = re.compile(r"[“\"]([A-Z][^”“\"\n]{2,50}?)[”\"]")
_CALLED_REACH = 5  # tokens
_YEAR = re.compile(r"(?:1[34]|20)\d\d")
_YEARS = re.compile(r"(?:1[34]|20)\d\d(?:\s?[-–—/]\s?(?:1[34]|20)?\d\d)?")
_ISSUE = re.compile(r"(?:1[34]|20)\d\d|[IVX]+|\d\.\d")
_IN = frozenset({"in", "since", "until", "from", "by", "during", "through", "before", "after"})
_CALLING = frozenset({"called", "named", "titled", "dubbed", "known", "codenamed"})
_LINKS = frozenset({"and", "&", "for", "of", "to", "in", "on"})
_SMALL = 2  # words between two capitalised ones at most
_YEAR_LENGTH = 4
_NEAR = frozenset({"next", "current", "this", "coming", "last"})
_ASIDE = frozenset({"the", "iranian", "fiscal", "financial", "calendar", "persian"})


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
        after, told = doc[span.end + 1], doc[span.start - 2]
        kinds = lexicon.programs.strong | lexicon.sites.systems
        beside = told.text.islower() and told.whitespace_ != ""  # the national project "Means of Production"
        called = told.lower_ in _CALLING or (beside and noun(told) in kinds | lexicon.programs.names)
        before = doc[max(span.start - _CALLED_REACH, doc[span.start - 1].sent.start) : span.start - 1]
        called = called and any(noun(t) in kinds | lexicon.programs.names for t in before)
        if called or (after.text.islower() and noun(after) in kinds):
            yield span.start, span.end, span.end - 1


def whole(doc: Doc, head: int, span: tuple[int, int] | None, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the whole of a program's name: its other words too, its issue ("Vision 2030"), or what its head leads."""
    if span is None or noun(doc[head]) not in lexicon.programs.names:
        end = _with_issue(doc, _led_end(doc, head, lexicon))
        return (head, end) if end > head + 1 else None
    end = _title_end(doc, span[1], lexicon) if span[1] > head + 1 else span[1]
    return _title_start(doc, span[0], lexicon), _with_issue(doc, end)


def _title_end(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the end of a name behind the small words and capitalised ones that go on with it."""
    while end < len(doc) and not doc[end].is_sent_start:
        after = end
        while after < len(doc) and doc[after].lower_ in _LINKS | {"the"} and after < end + _SMALL:
            after += 1
        if after >= len(doc) or not _is_title_word(doc[after], lexicon) or title_at(doc, after, lexicon) is not None:
            break
        end = after + 1
    return end


def _title_start(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Return the start of a name behind "the", through the small words between its capitalised ones."""
    i = first = start
    while i - 2 > doc[start].sent.start and doc[i - 1].lower_ in _LINKS and _may_open(doc[i - 2], lexicon):
        i -= 2
        while i > doc[start].sent.start and _may_open(doc[i - 1], lexicon):
            i -= 1
        first = i if doc[i - 1].lower_ == "the" and i > doc[start].sent.start else first
    return first


def _is_title_word(token: Token, lexicon: Lexicon) -> bool:
    named = token.ent_iob_ == "B" and token.ent_type_ in ("PERSON", "GPE")
    known = lexicon.country(token.text) is not None or lexicon.is_calendar_or_money(token.text)
    return is_name_word(token) and not token.is_sent_start and not named and not known


def _may_open(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may be one of a name's before "and": no body, post or program, and no acronym."""
    heads = lexicon.programs.names | lexicon.posts.heads | lexicon.bodies.leading | lexicon.bodies.prefixes
    short = token.text.isupper() and len(token.text) > 1
    return _is_title_word(token, lexicon) and noun(token) not in heads and not short


def _led_end(doc: Doc, head: int, lexicon: Lexicon) -> int:
    """Return the end of a name that its kind begins: "Plan Zenda", "Mission Shakti"; of the kind if there is none."""
    end = head + 1
    opens = head == 0 or not is_name_word(doc[head - 1]) or doc[head].is_sent_start
    if noun(doc[head]) not in lexicon.programs.leads or not opens or not doc[head].text[1:].islower():
        return end
    while end < len(doc) and is_name_word(doc[end]) and not doc[end].is_sent_start:
        if noun(doc[end]) in lexicon.bodies.heads or title_at(doc, end, lexicon) is not None:
            return head + 1
        end += 1
    return end


def _with_issue(doc: Doc, end: int) -> int:
    """Return the end of a name with the year, years or number of issue behind it: "Vision *2030*", "Plan *VIII*"."""
    if end < len(doc) and _ISSUE.fullmatch(doc[end].text) is not None and not doc[end].is_sent_start:
        end += 1
        years = doc[end - 1 : end + 2].text
        end += 2 if len(years) > _YEAR_LENGTH and _YEARS.fullmatch(years) else 0
    return end


def called(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and head of names that a program is said to have: "the scheme called *Razin*"."""
    kinds = lexicon.programs.strong | lexicon.programs.names
    for token in doc[2:]:
        start = token.i + 1 + (token.lower_ == "known" and doc[token.i + 1 : token.i + 2].text == "as")
        if token.lower_ not in _CALLING or (token.lower_ == "known" and start == token.i + 1):
            continue
        before = doc[token.i - 1 - (doc[token.i - 1].text == ",")]
        start += start < len(doc) and doc[start].lower_ == "the"
        end = start
        while end < len(doc) and is_name_word(doc[end]) and not doc[end].is_sent_start:
            end += 1
        if (
            end > start
            and noun(before) in kinds
            and before.pos_ in ("NOUN", "PROPN")
            and noun(doc[end - 1]) not in kinds
        ):
            yield start, end, end - 1


def year_before(doc: Doc, token: Token) -> int | None:
    """Return where the year or years begin before a noun and at most one word more: "the *2031* budget law"."""
    for end in (token.i, token.i - 1):
        for start in (end - 3, end - 1):
            if start <= token.sent.start or _YEARS.fullmatch(doc[start:end].text) is None:
                continue
            if (doc[start - 1].text.islower() or doc[start - 1].pos_ == "DET") and doc[start - 1].lower_ not in _IN:
                return start
    return None


def year_end(doc: Doc, end: int) -> int:
    """Return the end of a program's name with the year that it is for: "budget *for 1407*", "*for the next year*"."""
    if end + 1 >= len(doc) or doc[end].lower_ not in ("for", "of"):
        return end
    i = end + 1
    while i + 1 < len(doc) and doc[i].lower_ in _ASIDE | _NEAR:
        i += 1
    years = doc[i : i + 3].text
    if _YEARS.fullmatch(years) is not None and len(years) > _YEAR_LENGTH:
        return i + 3
    near = doc[i].lower_ == "year" and any(token.lower_ in _NEAR for token in doc[end:i])
    dated = _YEAR.fullmatch(doc[i].text) is not None and doc[i].dep_ not in ("nummod", "compound")
    return i + 1 if near or dated else end
