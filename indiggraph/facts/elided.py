"""Gives bare figures what they count, where the text has told it before.

"Made 52,300 cars: 31,700 of *these* ...", "of 90 trillion rials only *26 trillion* was paid", "put jobs at *2,950*".
A figure is bare where no noun follows in its phrase.  What one with a scale word ("26 trillion") counts is told by the
last figure with that word, else by the last one of all; nothing is given where the sentences before hold none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from indiggraph.facts.cues import Figures
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Money, Quantity, QuantityKind, Span, ThingType, Value

__all__ = ["with_units"]

_BACK = 2
"""Sentences that the figure before may lie back."""
_WORD = re.compile(r"[^\W\d_]+")
_GROUPED = re.compile(r"\d,\d{3}")
_HYPHENED = re.compile(r"[\w.,]+-[A-Za-z]")
_YEAR = re.compile(r"\d{4}")
_LABELS = frozenset({"nummod", "flat", "compound", "dep", "nmod:unmarked", "nmod:desc"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PLURAL = frozenset({"NNS", "NNPS"})

_Figure = Money | Quantity


def with_units(views: Sequence[SentenceView], figures: Figures) -> list[SentenceView]:
    """Return the views with a unit or currency for bare figures; those that count nothing told are left out."""
    done: list[SentenceView] = []
    for view in views:
        done.append(_read(view, done[-_BACK:], figures))
    return done


def _read(view: SentenceView, before: Sequence[SentenceView], figures: Figures) -> SentenceView:
    values: list[Value] = []
    units: dict[Span, Span] = {}
    earlier = [value for other in before for value in other.values]
    close = list(before[-1].values) if before and _in_one_paragraph(before[-1], view) else []
    for value in view.values:
        if not (isinstance(value, Quantity) and value.kind is QuantityKind.NUMBER):
            values.append(value)
            continue
        root = view.value_roots[value.span]
        if not _is_bare(value, root, view, figures):
            continue
        grouped = _GROUPED.search(value.text) is not None
        loose = _scale(value.text, figures) is not None or grouped or _is_part(root, figures)
        told = _told(value, root, [*(earlier if loose else close), *values], figures)
        if told is not None:
            figure, teller = told
            values.append(figure)
            where = _where(teller, before)
            if where is not None:
                units[value.span] = where
    return replace(view, values=tuple(values), units_told=units)


def _where(teller: Span, before: Sequence[SentenceView]) -> Span | None:
    """The sentence before that tells what a figure counts; none where the figure's own does."""
    return next((view.units_told.get(teller, view.span) for view in before if view.span.covers(teller)), None)


def _in_one_paragraph(before: SentenceView, view: SentenceView) -> bool:
    return "\n" not in view.sentence.doc.text[before.span.end : view.span.start]


# ---- which figures are bare ----------------------------------------------------------------------------------


def _is_bare(value: Quantity, root: Token, view: SentenceView, figures: Figures) -> bool:
    """Whether a number stands where a noun phrase would: no noun behind it, no name or label before it."""
    if root.dep_ in ("nummod", "compound", "amod", "nmod", "det") and root.head.i > root.i:
        return False
    if _scale(value.text, figures) is not None or _GROUPED.search(value.text):
        return True
    if _YEAR.fullmatch(value.text) or root.pos_ != "NUM" or root.dep_ in _LABELS or _is_said(root):
        return False
    below = {child.lower_ for child in root.children}
    if "the" in below and not below & figures.others:
        return False
    if base(root) == "nmod" and not any(child.dep_ == "case" for child in root.children):
        return False
    return not (_is_age(root, view) or _is_vote(root) or any(child.dep_ == "expl" for child in root.head.children))


def _is_said(root: Token) -> bool:
    """Whether a lone figure is no part of a clause, or what somebody is ("He was 84")."""
    if base(root) not in ("root", "appos", "parataxis"):
        return False
    return any(child.dep_ == "cop" for child in root.children) or not any(
        base(child) in _SUBJECTS for child in root.children
    )


def _is_age(root: Token, view: SentenceView) -> bool:
    """ "Whose manager he was *at 32*"."""
    if not any(child.lower_ == "at" for child in root.children if child.dep_ == "case"):
        return False
    subjects = (child for child in root.head.children if base(child) in _SUBJECTS)
    return any(view.mention_at(child, (ThingType.PERSON,)) is not None for child in subjects)


def _is_vote(root: Token) -> bool:
    """ "Voted down, by *16 to 7*"."""
    numbers = (root, *(child for child in root.children if child.pos_ == "NUM"), root.head)
    cases = {child.lower_ for token in numbers if token.pos_ == "NUM" for child in token.children}
    return "by" in cases and "to" in cases


# ---- what they count -----------------------------------------------------------------------------------------


def _told(value: Quantity, root: Token, before: Sequence[Value], figures: Figures) -> tuple[_Figure, Span] | None:
    """What a figure is with its unit, and where that is told."""
    noun = _noun(root, figures)
    if noun is not None:
        return replace(value, kind=QuantityKind.QUANTITY, unit=noun), value.span
    candidates = [v for v in reversed(before) if isinstance(v, (Money, Quantity)) and _counts(v, figures)]
    scale = _scale(value.text, figures)
    if _is_part(root, figures):
        candidates = [v for v in candidates if _size(v) >= _size(value)]
    if scale is None:
        loose = _GROUPED.search(value.text) is not None or _is_level(root)
        candidates = [v for v in candidates if isinstance(v, Quantity) and (loose or v.unit_code is None)]
    else:
        candidates.sort(key=lambda v: _scale(v.text, figures) != scale)
    if not candidates:
        return None
    whole = candidates[0]
    if isinstance(whole, Money):
        bounds = value.value, value.minimum, value.maximum, value.bound
        return Money(value.span, value.text, whole.currency, *bounds), whole.span
    return replace(value, kind=QuantityKind.QUANTITY, unit=whole.unit, unit_code=whole.unit_code), whole.span


def _noun(root: Token, figures: Figures) -> str | None:
    """The noun that the clause tells: "the number of *shops* at 840", "*jobs* at 2,950", "of the *areas*, 11 are"."""
    if root.head.i == root.i:
        return None
    cases = {child.lower_ for child in root.children if child.dep_ == "case"}
    for child in root.head.children:
        if child.i >= root.i or base(child) not in ("nsubj", "obj", "obl"):
            continue
        if base(child) == "obl":
            fronted = child.left_edge.is_sent_start and child.left_edge.lower_ == "of" and child.tag_ in _PLURAL
            if fronted and not any(inner.dep_ == "nummod" for inner in child.children):
                return child.text
        elif child.lemma_.lower() in figures.totals:
            counted = [inner for inner in child.children if base(inner) == "nmod" and inner.tag_ in _PLURAL]
            if counted:
                return counted[0].text
        elif child.tag_ in _PLURAL and cases & figures.levels and not _is_counted(child):
            return child.text
    return None


def _is_counted(noun: Token) -> bool:
    return any(child.dep_ == "nummod" for child in noun.children)


def _counts(value: _Figure, figures: Figures) -> bool:
    """Whether a figure counts or measures something that another one may count too."""
    if isinstance(value, Money):
        return value.value is not None or value.maximum is not None
    if value.kind is not QuantityKind.QUANTITY or _HYPHENED.match(value.text):
        return False
    return (value.unit or "").lower().rstrip("s") not in figures.never


def _is_level(root: Token) -> bool:
    """Whether a figure stands behind a preposition, as those do that something measured reaches."""
    return any(child.dep_ == "case" for child in root.children)


def _is_part(root: Token, figures: Figures) -> bool:
    """ "31,700 *of these*", "*of which* 12 were sold"."""
    near = [child for token in list(governors(root))[:2] for child in token.children]
    return any(
        token.lower_ in figures.parts and any(case.lower_ == "of" for case in token.children if case.dep_ == "case")
        for token in near
    )


def _scale(text: str, figures: Figures) -> str | None:
    """The scale word of a figure, in full ("Rs21bn" -> billion)."""
    words = [figures.scales[word] for word in _WORD.findall(text.lower()) if word in figures.scales]
    return words[0] if words else None


def _size(value: _Figure) -> float:
    known = value.value if value.value is not None else value.maximum or value.minimum
    return 0.0 if known is None else float(known)
