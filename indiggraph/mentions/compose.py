"""Names composed around a telling head word: "Mines and Metals Organization", "Ministry of Culture, Sport and Tourism".

Statistical taggers tear such names at commas and "and"; the words themselves tell where they end: between two words
for fields of public work a comma or "and" joins, between others it separates.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import is_join, is_name_word, is_plural, noun, title_at

__all__ = ["compose"]

_ISSUE = re.compile(r"[IVX]+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_LINKS = frozenset({",", "and", "&"})
_NAMED = frozenset({"ORG", "PERSON", "PRODUCT"})
_NAMES_OF_OTHERS = frozenset({"PERSON", "GPE", "LOC"})
_ABSTRACT = re.compile(r"\w{3,}(?:tion|sion|ment|ing|ity|ics|logy|graphy|nomy|ance|ence|ship|ness|ture|cy|try)")
_FIELD_PREPOSITIONS = frozenset({"of", "for", "on"})
_POSSESSIVE = frozenset({"'s", "’s"})
_ELIDED = re.compile(r"(?:l|d|dell|all|nell|sull)['’][^\W\d_a-z].*")
_PARTICLES = 2
"""Particles in a row at most ("de la")."""


def compose(doc: Doc, head: int, lexicon: Lexicon, leading: bool, direct: bool = False) -> tuple[int, int] | None:
    """Return the token span of the name around a capitalised head word, or nothing if the head stands alone.

    ``leading`` heads may be followed by "of" or "for" and the field, ``direct`` heads by the name itself.
    """
    end = _right_end(doc, head, lexicon) if leading else _country_end(doc, head, lexicon)
    if direct and end == head + 1:
        end = _direct_end(doc, end, lexicon)
    elif end == head + 1 and end < len(doc) and _runs_on(doc, end, lexicon):
        return None  # the head word is a modifier: "Energy" in "Energy Minister"
    end = _with_legal_form(doc, end, lexicon)
    start = _left_start(doc, head, lexicon)
    return None if end - start < 2 else (start, end)


def _runs_on(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised word goes on with a name: no person's name, nor a title behind a telling head."""
    token = doc[i]
    issue = _ISSUE.fullmatch(token.text) is not None  # "Development Plan VIII"
    if not is_name_word(token) or token.is_sent_start or issue or _opens_person(token):
        return False
    return lexicon.is_topic(doc[i - 1].text) or title_at(doc, i, lexicon) is None


def _opens_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" and token.ent_iob_ == "B"


def _direct_end(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the end of the name that follows its head: before a title, through particles ("Banco do Brasil")."""
    while end < len(doc) and not doc[end].is_sent_start:
        after = end
        while after < min(end + _PARTICLES, len(doc) - 1) and doc[after].lower_ in lexicon.bodies.particles:
            after += 1
        named = is_name_word(doc[after]) or _ELIDED.fullmatch(doc[after].text) is not None
        if not named or noun(doc[after]) in lexicon.posts.heads:
            break
        end = after + 1
        end += _hyphened(doc, end, lexicon)
    return end


def _hyphened(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return how many tokens of a hyphen with a particle or a capitalised word go on with a name ("Sepehr-e Zenda")."""
    if end + 1 >= len(doc) or not is_join(doc[end]) or doc[end].whitespace_ or doc[end - 1].whitespace_:
        return 0
    return 2 if is_name_word(doc[end + 1]) or doc[end + 1].lower_ in lexicon.bodies.particles else 0


def _country_end(doc: Doc, head: int, lexicon: Lexicon) -> int:
    """Return the end behind "of" and the country of a body: "Zenda Metals Exchange *of Valmora*"."""
    after = head + 1
    told = head > 0 and is_name_word(doc[head - 1]) and not doc[head].is_sent_start
    country = after + 1 < len(doc) and doc[after].lower_ == "of" and lexicon.country(doc[after + 1].text) is not None
    return after + 2 if told and country else after


def _with_legal_form(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return the end behind a comma and a legal form: "Northwind Co., Ltd."."""
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_.rstrip(".") in lexicon.bodies.legal_forms:
        return end + 2
    return end


def _left_start(doc: Doc, head: int, lexicon: Lexicon) -> int:
    first = doc[head].sent.start
    start = head
    while start > first:
        before = doc[start - 1]
        step = _word_before(doc, start, lexicon)
        if step is None and before.text in _LINKS:
            step = _joined_before(doc, start, lexicon)
        if step is None or step < first:
            break
        start = step
    return start


def _word_before(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    """Return the start after taking in one more word, with what links it: "Republic of | Iran", "Makers' | Guild"."""
    before = doc[start - 1]
    if before.text == "All" and lexicon.country(doc[start].text) is not None:
        return start - 1  # "All Valmora Spinners Association"
    glued = start > 1 and is_join(doc[start - 2]) and not doc[start - 2].whitespace_ and before.text[0].isupper()
    named = is_name_word(before) or glued or _ORDINAL.fullmatch(before.text) is not None
    if named and (not lexicon.is_calendar_or_money(before.text) or _names_more(before, doc[start])):
        return start - 1
    particle = start > 2 and before.lower_ in lexicon.bodies.particles and is_join(doc[start - 2])
    if particle and not doc[start - 2].whitespace_ and is_name_word(doc[start - 3]):
        return start - 3  # "Zenda-e Torvan Company"
    hyphen = is_join(before) and not before.whitespace_ and start > 1 and not doc[start - 2].whitespace_
    if hyphen and doc[start - 2].text[0].isupper():
        return start - 2  # "In-Country Value"
    if start < 2 or not (is_name_word(doc[start - 2]) or doc[start - 2].is_digit):
        return None
    earlier = doc[start - 2]
    if before.text == "&" or (before.text in ("-", "–") and not earlier.whitespace_):
        return start - 2
    if before.text in ("'", "’") and earlier.lower_.endswith("s"):
        return start - 2
    if before.text in _POSSESSIVE and noun(earlier) in lexicon.posts.heads:
        return start - 2  # "Prime Minister's Office"
    if before.text in _POSSESSIVE and noun(earlier) in lexicon.nouns.area_heads and _is_field(doc[start], lexicon):
        return start - 2  # "Zenda Province's Mine and Trade Department"
    return start - 2 if before.lower_ == "of" and noun(earlier) in lexicon.bodies.prefixes else None


def _names_more(token: Token, following: Token) -> bool:
    """Whether the tagger has a month's name in one name with the next word: "Mehr Pump Works"."""
    return token.ent_type_ in _NAMED and following.ent_iob_ == "I"


def _joined_before(doc: Doc, start: int, lexicon: Lexicon) -> int | None:
    i = start - 1
    while i >= 0 and doc[i].text in _LINKS:
        i -= 1
    fields = i >= 0 and _is_field(doc[i], lexicon) and _is_field(doc[start], lexicon)
    return i if fields and not _in_complement(doc, i, lexicon) else None


def _in_complement(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Whether a word belongs to what a body's head leads: "Department of *Commerce* and Zenda Trade Panel"."""
    while i > doc[i].sent.start and (is_name_word(doc[i]) or doc[i].text in _LINKS):
        i -= 1
    led = i > doc[i].sent.start and doc[i].lower_ in _FIELD_PREPOSITIONS and is_name_word(doc[i - 1])
    return led and noun(doc[i - 1]) in lexicon.bodies.leading


def _right_end(doc: Doc, head: int, lexicon: Lexicon) -> int:
    after = head + 1
    if after < len(doc) and doc[after].text == "General":  # "Directorate General of Zenda"
        after += 1
    if after >= len(doc) or doc[after].lower_ not in _FIELD_PREPOSITIONS:
        return after
    first = after + 1
    if first < len(doc) and doc[first].lower_ == "the":
        first += 1
    if first >= len(doc) or not is_name_word(doc[first]) or lexicon.is_calendar_or_money(doc[first].text):
        return after
    end, again = first + 1, True
    while end < len(doc):
        step, again = _step_right(doc, end, lexicon, again)
        if step == end:
            break
        end = step
    return end


def _step_right(doc: Doc, end: int, lexicon: Lexicon, again: bool) -> tuple[int, bool]:
    """Return the end after taking in one more word, and whether another "of" may still follow."""
    token = doc[end]
    if token.is_sent_start or _opens_person(token) or title_at(doc, end, lexicon) is not None:
        return end, again
    if is_name_word(token):
        return end + 1, again
    if end + 1 < len(doc) and is_name_word(doc[end + 1]):
        if token.text in ("-", "–") and not token.whitespace_ and not doc[end - 1].whitespace_:
            return end + 2, again
        goes_on = _is_field(doc[end - 1], lexicon) or lexicon.country(doc[end + 1].text) is not None
        if token.lower_ in ("of", "for") and again and goes_on:
            return end + 2, False
    if token.text in _LINKS:
        return _joined_after(doc, end, lexicon), again
    return end, again


def _joined_after(doc: Doc, end: int, lexicon: Lexicon) -> int:
    i = end
    while i < len(doc) and doc[i].text in _LINKS:
        i += 1
    kind = is_name_word(doc[end - 1]) and doc[end - 1].pos_ == "ADJ"  # "New and Renewable Energy"
    if i == len(doc) or _opens_body(doc, i, lexicon):
        return end
    fields = _may_be_field(doc[i], lexicon) and (kind or _may_be_field(doc[end - 1], lexicon))
    tagged = is_name_word(doc[i]) and all(t.ent_iob_ == "I" and t.ent_type_ == "ORG" for t in doc[end - 1 : i + 1])
    return i + 1 if fields or tagged else end


def _opens_body(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether a run of capitalised words holds a body's head word, and so is a name of its own."""
    i = start
    while i < len(doc) and is_name_word(doc[i]):
        head = noun(doc[i]) in lexicon.bodies.heads or doc[i].lower_.rstrip(".") in lexicon.bodies.heads
        if head and not lexicon.is_topic(doc[i].text):
            return True
        i += 1
    return False


def _may_be_field(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word behind "of" is a field, by its ending or as goods in the plural where no list has it."""
    if _is_field(token, lexicon):
        return True
    common = token.text[1:].islower() and token.ent_type_ not in _NAMES_OF_OTHERS
    ending = _ABSTRACT.fullmatch(token.lower_) is not None or is_plural(token)
    return is_name_word(token) and common and ending


def _is_field(token: Token, lexicon: Lexicon) -> bool:
    return is_name_word(token) and lexicon.is_topic(token.text)
