"""Texts with their mentions marked: ``[the ministry|body~|m]`` is a mention, its kind, the thing that is expected.

A kind is ``person``, ``body``, ``company``, ``agency``, ``group``, ``place``, ``program``, ``goods`` or ``event``; with
``~`` after it the mention is a description, with ``^`` a pronoun, else a name; ``!`` makes it a subject.  ``-`` stands
for no thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction, Form, Mention, Span, Tenure, ThingType
from indiggraph.resolve import Linker, resolve
from tests.factories import document, extraction, sentence, tenure

KINDS = {
    "person": ThingType.PERSON,
    "body": ThingType.GOVERNMENT_BODY,
    "company": ThingType.COMPANY,
    "agency": ThingType.NEWS_AGENCY,
    "group": ThingType.GROUP,
    "place": ThingType.PLACE,
    "program": ThingType.PROGRAM,
    "goods": ThingType.PRODUCT,
    "sector": ThingType.SECTOR,
    "event": ThingType.GATHERING,
}
FORMS = {"": Form.NAME, "~": Form.NOMINAL, "^": Form.PRONOUN}
_MARK = re.compile(r"\[([^|\]]+)\|(\w+)([~^]?)(!?)\|([\w-]+)\]")
_ARTICLE = re.compile(r"(?i)(?:the|an?|this|their|its) ")


@dataclass(frozen=True)
class Marked:
    """A text's mentions, and for each mention's id the thing it should refer to (``-`` for none)."""

    extraction: Extraction
    expected: dict[str, str]


def read(text: str, ident: str = "doc", posts: dict[str, tuple[str, str | None]] | None = None) -> Marked:
    """Read a marked text; ``posts`` gives the surface of a person's mention a post and a body's surface."""
    plain, places, end = "", [], 0
    for found in _MARK.finditer(text):
        plain += text[end : found.start()]
        places.append((len(plain), found))
        plain += found[1]
        end = found.end()
    doc = document(plain + text[end:], ident)
    mentions = [_mention(doc, start, found) for start, found in places]
    expected = {mention.id: found[5] for mention, (_, found) in zip(mentions, places, strict=True)}
    by_text = {mention.text: mention for mention in reversed(mentions)}
    tenures: list[Tenure] = [
        tenure(doc, by_text[person], post, by_text[body] if body else None)
        for person, (post, body) in (posts or {}).items()
    ]
    return Marked(extraction(doc, mentions, (), tenures), expected)


def _mention(doc: Document, start: int, found: re.Match[str]) -> Mention:
    surface, form = found[1], FORMS[found[3]]
    name = _ARTICLE.sub("", surface, count=1) if _ARTICLE.match(surface) else surface
    core = re.split(r" (?:of|for|to|in|on|which|that) ", name)[0]
    words = re.findall(r"[\w-]+", core)
    head = words[-1].lower()
    plural = head.endswith("s") and not head.endswith("ss")
    lexicon = load_lexicon()
    entries = [entry for entry in lexicon.entries(name) if form is Form.NAME and entry.type.top is KINDS[found[2]].top]
    codes = [lexicon.country_of_demonym(word) or lexicon.country(word) for word in re.findall(r"[A-Z]\w+", name)]
    place = Span(start, start + len(surface))
    return Mention(
        id=f"{doc.id}:{start}",
        document=doc.id,
        span=place,
        sentence=sentence(doc, place),
        type=KINDS[found[2]],
        form=form,
        text=surface,
        name=name,
        head=(head[:-3] + "y" if head.endswith("ies") else head[:-1]) if plural and form is Form.NOMINAL else head,
        rule="test",
        key=entries[0].id if len(entries) == 1 else None,
        subject=bool(found[4]),
        plural=plural,
        definite=surface.lower().startswith(("the ", "this ")),
        country=entries[0].country if len(entries) == 1 else next((code for code in codes if code), None),
    )


def link(*marked: Marked) -> Linker:
    """Resolve marked texts with the packaged lexicon."""
    return resolve([one.extraction for one in marked], lexicon=load_lexicon())


def clusters(linker: Linker, *marked: Marked) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The expected and the found clusters of mentions, as sets of ids; those of no thing stand under ``-``."""
    wanted: dict[str, set[str]] = defaultdict(set)
    found: dict[object, set[str]] = defaultdict(set)
    for one in marked:
        for mention, key in one.expected.items():
            wanted[key].add(mention)
            thing = linker.thing_of(mention)
            found["-" if thing is None else (thing.type.top, thing.slug)].add(mention)
    nothing = {"no thing"}
    return (
        {frozenset(ids | nothing if key == "-" else ids) for key, ids in wanted.items()},
        {frozenset(ids | nothing if key == "-" else ids) for key, ids in found.items()},
    )
