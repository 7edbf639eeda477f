"""Which sectors a fact is about: those named nearest to its values and parties, else the text's one main sector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import clause_head, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Mention, ThingType

__all__ = ["main_sector", "sectors_of"]

_DOMINANT = 0.6
"""Share of all sector mentions that makes a sector the text's main one."""
_ENOUGH = 2
"""Mentions below which no sector is the main one."""


def main_sector(mentions: Sequence[Mention]) -> str | None:
    """The sector that most sector mentions of the text name, where one clearly prevails."""
    counts = Counter(m.key for m in mentions if m.type is ThingType.SECTOR and m.key is not None)
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    key, count = ranked[0]
    return key if count >= _ENOUGH and count >= _DOMINANT * sum(counts.values()) else None


def sectors_of(draft: Draft, view: SentenceView) -> tuple[str, ...]:
    """Sectors named in the values' or the trigger's own phrases; else those of the clause, else of the sentence."""
    named = _named(view)
    anchors = [view.value_roots[v.span] for v in (draft.amount, *draft.quantities) if v is not None] or [draft.anchor]
    near = _phrases(anchors)
    clauses = {clause_head(token).i for token in (*anchors, draft.anchor)}
    nearest = [m for m in named if any(g.i in near for g in governors(view.roots[m.id]))]
    beside = [m for m in named if clause_head(view.roots[m.id]).i in clauses]
    return _keys(nearest or beside or named)


def _named(view: SentenceView) -> list[Mention]:
    """Sector mentions that are no part of a body's or a gathering's name."""
    names = [m for m in view.mentions if m.form is Form.NAME and m.type is not ThingType.SECTOR]
    sectors = [m for m in view.mentions if m.type is ThingType.SECTOR and m.key is not None]
    return [m for m in sectors if not any(name.span.covers(m.span) for name in names)]


def _phrases(anchors: Sequence[Token]) -> set[int]:
    """Heads of the values' noun phrases, up to the verb."""
    reach: set[int] = set()
    for anchor in anchors:
        for governor in governors(anchor):
            if governor.pos_ not in ("NOUN", "PROPN", "SYM", "NUM"):
                break
            reach.add(governor.i)
    return reach


def _keys(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(sorted({m.key for m in mentions if m.key is not None}))

