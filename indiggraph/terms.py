"""IRIs and literals: how a thing, a place in a text, a name, a number or a day is written.

The only module that makes the IRIs of what texts tell.  An IRI is the base, a kind and an id made of content.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

import pyoxigraph as ox

from indiggraph import schema
from indiggraph.errors import GraphError
from indiggraph.model import Span, Thing, ThingType
from indiggraph.schema import Sector, term

__all__ = [
    "BASE",
    "Iris",
    "Object",
    "date",
    "decimal",
    "folded",
    "integer",
    "labels",
    "scheme_sector",
    "triple",
    "types",
    "web_address",
]

BASE = "https://w3id.org/indiggraph/id/"
"""Where the IRIs of things, facts and documents live unless another base is given."""

# Scripts by the first word of a letter's Unicode name, with their ISO 15924 codes: a name in one of them is tagged.
_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "TAMIL": "Taml",
    "THAI": "Thai",
}

Object = ox.NamedNode | ox.Literal
"""What a triple may end in here: no blank nodes."""


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs under one base.

    Raises:
        GraphError: the base is not an absolute IRI that ends in ``/`` or ``#``.
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\\x00-\x20]+[/#]", self.base):
            raise GraphError(f"base {self.base!r} is not an absolute IRI that ends in / or #")

    def of(self, kind: str, ident: str) -> ox.NamedNode:
        """Return ``<base><kind>/<id>``, the id percent-encoded where it holds anything but ASCII name characters.

        Raises:
            GraphError: the id is empty.
        """
        if not ident:
            raise GraphError(f"a {kind} has an empty id")
        # quote() never touches full stops; an id of full stops alone would be a relative path segment
        safe = quote(ident, safe="") if ident.strip(".") else ident.replace(".", "%2E")
        return ox.NamedNode(f"{self.base}{kind}/{safe}")

    def document(self, ident: str) -> ox.NamedNode:
        """Return the IRI of a document, by its id."""
        return self.of("document", ident)

    def thing(self, thing: Thing) -> ox.NamedNode:
        """Return the IRI of a thing; a sector of the scheme keeps the scheme's IRI."""
        known = scheme_sector(thing)
        return ox.NamedNode(known.iri) if known else self.of(thing.type.top.value.lower(), thing.slug)

    def span(self, kind: str, document: str, span: Span) -> ox.NamedNode:
        """Return the IRI of a part of a document: evidence or selector."""
        return self.of(kind, f"{document}.{span.start}-{span.end}")

    def role(self, post: str) -> ox.NamedNode:
        """Return the IRI of a post, by its words; a digest is added where the slug alone does not tell them."""
        slug = re.sub(r"[^a-z0-9]+", "-", post.lower()).strip("-")
        if slug.replace("-", " ") == post:
            return self.of("role", slug)
        digest = hashlib.sha256(post.encode()).hexdigest()[:8]
        return self.of("role", f"{slug}-{digest}".lstrip("-"))


def triple(subject: ox.NamedNode, name: str, value: Object) -> ox.Triple:
    """Return a triple; ``name`` is the predicate as a prefixed name."""
    return ox.Triple(subject, term(name), value)


def types(node: ox.NamedNode, *names: str) -> Iterator[ox.Triple]:
    """Yield the classes of a node, given as prefixed names."""
    for name in dict.fromkeys(names):
        yield ox.Triple(node, term("rdf:type"), term(name))


def labels(node: ox.NamedNode, label: str, others: Iterable[str]) -> Iterator[ox.Triple]:
    """Yield a node's preferred label (also as ``rdfs:label``, for viewers) and its other names."""
    yield ox.Triple(node, term("skos:prefLabel"), _name_literal(label))
    yield ox.Triple(node, term("rdfs:label"), _name_literal(label))
    for name in others:
        yield ox.Triple(node, term("skos:altLabel"), _name_literal(name))


def scheme_sector(thing: Thing) -> Sector | None:
    """Return the scheme's sector that a thing is: by its lexicon key, or its slug."""
    if thing.type is not ThingType.SECTOR:
        return None
    known = (item for item in schema.sectors() if thing.key == item.key or thing.slug == item.slug)
    return next(known, None)


def _name_literal(name: str) -> ox.Literal:
    """Return a name; one in another script than Latin is tagged with the script ("und-Arab")."""
    words = (unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha())
    script = next((_SCRIPTS[word] for word in words if word in _SCRIPTS), None)
    return ox.Literal(name) if script is None else ox.Literal(name, language=f"und-{script}")


def web_address(text: str) -> Object:
    """Return a web address as an IRI; what is none (a licence's name, a malformed address) as a literal."""
    if not re.match(r"https?://[^\s/]", text):
        return ox.Literal(text)
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.Literal(text)


def integer(number: int) -> ox.Literal:
    """Return an ``xsd:integer``."""
    return ox.Literal(str(number), datatype=term("xsd:integer"))


def date(day: dt.date) -> ox.Literal:
    """Return an ``xsd:date``."""
    return ox.Literal(day.isoformat(), datatype=term("xsd:date"))


def decimal(number: Decimal) -> ox.Literal:
    """Return the canonical ``xsd:decimal``: no exponent, at least one digit on either side of the point."""
    whole, _, part = format(number, "f").partition(".")
    return ox.Literal(f"{whole}.{part.rstrip('0') or '0'}", datatype=term("xsd:decimal"))


def folded(text: str) -> str:
    """Return the text on one line: runs of white space become one space."""
    return " ".join(text.split())
