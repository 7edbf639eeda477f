"""What an explanation holds; as JSON, the fields are the keys."""

from __future__ import annotations

from dataclasses import dataclass

from indiggraph.trace import Note

__all__ = [
    "ExplainedClaim",
    "ExplainedFact",
    "ExplainedJoin",
    "ExplainedMention",
    "ExplainedNode",
    "ExplainedSentence",
    "ExplainedTenure",
    "ExplainedText",
    "Slot",
]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a fact, what stands there, and why (``None`` where nothing but the words themselves decided)."""

    slot: str
    value: str
    why: str | None


@dataclass(frozen=True, slots=True)
class ExplainedMention:
    """A mention: what found it, the thing it refers to, and why to that one."""

    document: str
    start: int
    end: int
    text: str
    type: str
    rule: str
    thing: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A fact, or (``dropped`` says why) one that was considered and not stated; ``passed`` did not become a slot."""

    id: str
    type: str
    rule: str
    trigger: str
    dropped: str | None
    slots: tuple[Slot, ...]
    passed: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ExplainedTenure:
    """A post that somebody holds, with the rule that found it."""

    id: str
    person: str
    post: str
    organization: str | None
    former: bool
    rule: str


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence (numbered from 1), what was found in it, and what became of its triggers and values."""

    number: int
    start: int
    end: int
    text: str
    mentions: tuple[ExplainedMention, ...]
    notes: tuple[Note, ...]
    facts: tuple[ExplainedFact, ...]
    tenures: tuple[ExplainedTenure, ...]


@dataclass(frozen=True, slots=True)
class ExplainedText:
    """A document, sentence by sentence; ``count`` sentences it has, ``sentences`` are those that were asked for."""

    document: str
    characters: int
    count: int
    sentences: tuple[ExplainedSentence, ...]


# ---- graphs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """A fact of a graph: what a reader sees of it (``text``) and the reasons from the trail."""

    iri: str
    rule: str | None
    trigger: str | None
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedJoin:
    """Two mentions of different documents whose things were found to be one, with score and reasons."""

    left: str
    right: str
    score: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """A thing, a fact or a document of a graph: mentions, what joined them, replaced IRIs, facts with reasons."""

    iri: str
    label: str
    type: str
    names: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    mentions: tuple[ExplainedMention, ...] = ()
    joins: tuple[ExplainedJoin, ...] = ()
    facts: tuple[ExplainedClaim, ...] = ()
    trail: bool = True
    """Whether the graph has its trail beside it; without one there are no reasons."""
