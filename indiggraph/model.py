"""The types that flow between the stages: frozen, slotted, without I/O and without libraries.

Offsets are code points in :attr:`Document.text`, the end exclusive, so that ``text[start:end]`` is always
what a span shows.  Every id is made of content and place alone: the same input gives the same ids.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "PARTIES",
    "Bound",
    "Direction",
    "Document",
    "Doubt",
    "Duration",
    "Extraction",
    "Fact",
    "FactType",
    "Form",
    "Interval",
    "Judgement",
    "Mention",
    "Modality",
    "Money",
    "Quantity",
    "QuantityKind",
    "Reason",
    "Rejection",
    "Role",
    "RoleName",
    "Span",
    "Tenure",
    "Thing",
    "ThingType",
    "Value",
    "Verdict",
]


class ThingType(StrEnum):
    """Classes of things; the values are the local names of the ontology's classes."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    GOVERNMENT_BODY = "GovernmentBody"
    COMPANY = "Company"
    NEWS_AGENCY = "NewsAgency"
    GROUP = "Group"
    PLACE = "Place"
    PROGRAM = "Program"
    PRODUCT = "Product"
    SECTOR = "Sector"
    GATHERING = "Gathering"

    @property
    def top(self) -> ThingType:
        """The class of the vocabulary's table: the subclasses of Organization give Organization."""
        bodies = (ThingType.GOVERNMENT_BODY, ThingType.COMPANY, ThingType.NEWS_AGENCY)
        return ThingType.ORGANIZATION if self in bodies else self


class FactType(StrEnum):
    """Classes of facts; the values are the local names of the ontology's classes."""

    AGREEMENT = "Agreement"
    SAVING = "Saving"
    INVESTMENT = "Investment"
    PRODUCTION = "Production"
    TRADE = "Trade"
    ESTABLISHMENT = "Establishment"
    DIRECTIVE = "Directive"
    COOPERATION = "Cooperation"
    CHANGE = "Change"
    OCCURRENCE = "Occurrence"


class RoleName(StrEnum):
    """Roles that a thing (or, for ``theme``, a short label) plays in a fact; the ontology's property names."""

    AGENT = "agent"
    COUNTERPARTY = "counterparty"
    BENEFICIARY = "beneficiary"
    THEME = "theme"
    PROGRAM = "program"
    PLACE = "place"
    STATED_BY = "statedBy"
    REPORTED_BY = "reportedBy"


PARTIES = (RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.BENEFICIARY)
"""The roles of those between whom a fact is."""


class Modality(StrEnum):
    """How a fact is meant: done, intended, foreseen, called for, or denied."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    EXPECTED = "Expected"
    PROPOSED = "Proposed"
    DENIED = "Denied"


class Direction(StrEnum):
    """Which way an indicator moved."""

    INCREASE = "Increase"
    DECREASE = "Decrease"


class Bound(StrEnum):
    """How exact a value is: ``LOWER`` "over, at least", ``UPPER`` "up to, nearly", ``ABOUT`` "some"."""

    LOWER = "Lower"
    UPPER = "Upper"
    ABOUT = "About"


class Form(StrEnum):
    """How a mention refers: by name, by a description ("the ministry"), or by a pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class QuantityKind(StrEnum):
    """A counted or measured quantity, a percentage, or a bare number."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    NUMBER = "number"


class Verdict(StrEnum):
    """A decision about two things."""

    SAME = "same"
    NOT_SAME = "not same"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, with what is known about it.

    ``source`` is the path or name it was read from, ``id`` the input's id or the file's name without its ending.
    """

    id: str
    text: str
    source: str = ""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A source, or one line of it (from 1), that was not read, and why."""

    source: str
    reason: str
    line: int | None = None


# ---- values ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in plain units: either ``value``, or ``minimum`` and/or ``maximum``; all ``None`` for "billions of euros".

    ``currency`` is ISO 4217 (IRT for Iranian tomans), ``per`` the unit of a rate ("ton", "year"), ``equivalents``
    the sums that the text gives as equal; the span of an equivalent is its own, ``span`` and ``text`` leave it out.
    ``finding`` tells why the sum is in doubt: its marks name different currencies (``currency`` is then XXX).
    """

    span: Span
    text: str
    currency: str
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    bound: Bound | None = None
    per: str | None = None
    equivalents: tuple[Money, ...] = ()
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: ``unit`` as in the text ("parts", "tons"; "%" for percentages).

    ``span`` and ``text`` cover number and unit; ``unit_code`` is a UCUM or QUDT code where the unit is physical.
    """

    span: Span
    text: str
    kind: QuantityKind
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    unit_code: str | None = None
    bound: Bound | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``first`` to ``last`` (inclusive; ``None`` where the text gives no bound).

    ``precision`` is day, week, month, quarter, half or year; ``calendar`` is gregory or persian.  Both bounds may be
    ``None`` where a time is named but fixes no day ("in the coming years").  ``reason`` tells why this one of several
    possible years was chosen, or which are possible where none could be.
    """

    span: Span
    text: str
    first: dt.date | None = None
    last: dt.date | None = None
    precision: str = "day"
    calendar: str = "gregory"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as canonical ``xsd:duration`` ("P2Y", "P18M" is written P1Y6M)."""

    span: Span
    text: str
    duration: str


Value = Money | Quantity | Interval | Duration


# ---- mentions, facts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that refers to a thing.

    ``text`` is the surface form (``document.text[span]``), ``name`` the cleaned form used as a label, ``head`` the
    lower-case lemma of the head noun, ``sentence`` the span of its sentence, ``subject`` whether it is a subject
    (subjects are likelier antecedents), ``plural`` and ``person`` what a pronoun or noun agrees with,
    ``key`` a lexicon or gazetteer id where one was found, ``rule`` what found it.
    """

    id: str
    document: str
    span: Span
    sentence: Span
    type: ThingType
    form: Form
    text: str
    name: str
    head: str
    rule: str
    key: str | None = None
    subject: bool = False
    plural: bool = False
    definite: bool = False
    country: str | None = None
    refers_to: str | None = None
    """Id of another mention that the text itself equates with this one (an acronym in brackets, an apposition)."""


@dataclass(frozen=True, slots=True)
class Role:
    """A participant: a mention (by id) or, for themes alone, a short label of the text with its span."""

    name: RoleName
    mention: str | None = None
    label: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence asserts; ``sectors`` are keys of the sector scheme, ``part_of`` is the id of another fact."""

    id: str
    document: str
    type: FactType
    modality: Modality
    evidence: tuple[Span, ...]
    rule: str
    confidence: Decimal
    trigger: Span
    roles: tuple[Role, ...] = ()
    sectors: tuple[str, ...] = ()
    amount: Money | None = None
    quantities: tuple[Quantity, ...] = ()
    time: Interval | Duration | None = None
    stated_at: Interval | None = None
    direction: Direction | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holds (or held) a post at a body; mentions by id, ``post`` as in the text."""

    id: str
    document: str
    person: str
    post: str
    evidence: tuple[Span, ...]
    rule: str
    confidence: Decimal
    organization: str | None = None
    former: bool = False
    time: Interval | Duration | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something of a fact (by its id) is as it is: the slot, what stands there, and the reason in words."""

    fact: str
    slot: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says, before identity is decided; ``reasons`` are there where they were asked for."""

    document: Document
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    tenures: tuple[Tenure, ...]
    reasons: tuple[Reason, ...] = ()


# ---- identity ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict about two things, with its score (0 to 1) and the reasons that led to it."""

    left: str
    right: str
    verdict: Verdict
    score: Decimal
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things of different texts that were joined, or kept apart, by a score near the threshold.

    ``left`` and ``right`` are their slugs before anything was joined, ``doubt`` is 1 at the threshold and 0 far away.
    """

    left: str
    right: str
    left_mention: str
    right_mention: str
    joined: bool
    score: Decimal
    doubt: Decimal
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """One real-world thing: the mentions that refer to it, its preferred label and its other names.

    ``slug`` is the local part of its IRI; ``merged`` holds the slugs of the members that it replaces;
    ``same_as`` an external IRI where the identity is certain.
    """

    slug: str
    type: ThingType
    label: str
    names: tuple[str, ...]
    mentions: tuple[str, ...]
    merged: tuple[str, ...] = ()
    key: str | None = None
    same_as: str | None = None
