"""Gives bare figures what they count, where the text has told it before.

"Made 52,300 cars: 31,700 of *these* ...", "of 90 trillion rials only *26 trillion* was paid", "put jobs at *2,950*".
The noun of the figure's own clause tells it first, else the figure before that is most like it: near, of the same scale
and size, money where something is paid, a percentage where one is compared.  Where none is like it, nothing is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeGuard

from spacy.tokens import Token

from indiggraph.facts.bare import GROUPED, is_bare, is_level, is_part, noun_behind, noun_of, scale_of
from indiggraph.facts.cues import Figures
from indiggraph.facts.syntax import governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Money, Quantity, QuantityKind, Span, Value

__all__ = ["with_units"]

_BACK = 2
"""Sentences that the figure before may lie back."""
_HYPHENED = re.compile(r"[\w.,]+-[A-Za-z]")
_COMPARES = re.compile(
    r"(?:\s(?:an?|per)\s\w+)?,?\s(?:up\s|down\s|as\s)?(?P<by>from|to|against|versus|instead\sof|rather\sthan|compared\s(?:to|with))"
    r"\s(?:(?:an\saverage\sof|about|some|just|only|nearly|over|the\s(?:usual|present|current|previous))\s)?"
)
_LEAST = 0.5
"""What a figure before must be worth to tell what a bare one counts."""
_SMALL = 1000
_HUNDRED = 100

_Figure = Money | Quantity


@dataclass(frozen=True, slots=True)
class _Bare:
    """A bare figure: how it stands in its sentence."""

    value: Quantity
    scale: str | None
    grouped: bool
    part: bool
    level: bool
    paid: bool
    size: float


def with_units(views: Sequence[SentenceView], figures: Figures) -> list[SentenceView]:
    """Return the views with a unit or currency for bare figures; those that count nothing told are left out."""
    done: list[SentenceView] = []
    for view in views:
        done.append(_read(view, done, figures))
    return done


def _read(view: SentenceView, before: Sequence[SentenceView], figures: Figures) -> SentenceView:
    values: list[Value] = []
    units: dict[Span, Span] = {}
    for value in view.values:
        if not (isinstance(value, Quantity) and (_is_number(value) or value.unit in figures.substitutes)):
            values.append(value)
            continue
        root = view.value_roots[value.span]
        noun = None if value.unit is not None else noun_behind(value, root, figures)
        if noun is not None:
            values.append(replace(value, kind=QuantityKind.QUANTITY, unit=noun))
            continue
        if value.unit is None and not is_bare(value, root, view, figures):
            continue
        told = _told(_bare(value, root, figures), root, values, before, view, figures)
        if told is not None:
            figure, teller = told
            values.append(figure)
            where = units.get(teller) or _where(teller, before)
            if where is not None:
                units[value.span] = where
        elif value.unit is not None:
            values.append(value)
    return replace(view, values=tuple(values), units_told=units)


def _where(teller: Span, before: Sequence[SentenceView]) -> Span | None:
    """The sentence before that tells what a figure counts; none where the figure's own does."""
    return next((view.units_told.get(teller, view.span) for view in before if view.span.covers(teller)), None)


def _bare(value: Quantity, root: Token, figures: Figures) -> _Bare:
    grouped = GROUPED.search(value.text) is not None
    scale = scale_of(value.text, figures)
    return _Bare(value, scale, grouped, is_part(root, figures), is_level(root), _is_paid(root, figures), _size(value))


def _is_paid(root: Token, figures: Figures) -> bool:
    """Whether the clause is of those that tell a sum: "lent *38*", "sells for *610,000*"."""
    verb = root.head
    if root.dep_ == "obj":
        return verb.lemma_.lower() in figures.paying
    cases = {child.lower_ for child in root.children if child.dep_ == "case"}
    return root.dep_.startswith("obl") and verb.lemma_.lower() in figures.priced and bool(cases & {"for", "at"})


# ---- what they count -------------------------------------------------------------------------------------------


def _told(
    bare: _Bare,
    root: Token,
    here: Sequence[Value],
    before: Sequence[SentenceView],
    view: SentenceView,
    figures: Figures,
) -> tuple[_Figure, Span] | None:
    """What a figure is with its unit, and where that is told."""
    value = bare.value
    beside = _beside(value, root, view) or _compared(value, here, view)
    if beside is not None:
        return _like(bare, beside, figures), beside.span
    noun = None if bare.paid else noun_of(root, bare.scale in figures.sums, view, figures)
    if noun is not None:
        return replace(value, kind=QuantityKind.QUANTITY, unit=noun), value.span
    ranked = [
        (_worth(bare, teller, far, figures), -place, teller)
        for place, (teller, far) in enumerate(_tellers(bare, here, before, view, figures))
    ]
    best = max(ranked, key=lambda entry: entry[:2], default=None)
    if best is not None and best[0] >= _LEAST:
        return _like(bare, best[2], figures), best[2].span
    plural = _antecedent(root, before[-1:], view, figures) if bare.part and bare.scale is None else None
    if plural is None:
        return None
    told = Span(plural.idx, plural.idx + len(plural))
    return replace(value, kind=QuantityKind.QUANTITY, unit=plural.text), told


def _tellers(
    bare: _Bare, here: Sequence[Value], before: Sequence[SentenceView], view: SentenceView, figures: Figures
) -> Iterator[tuple[_Figure, int]]:
    """The figures before, nearest first, with how far back they lie; for what is told in billions, sums anywhere."""
    yield from ((v, 0) for v in reversed(here) if _counts(v, figures))
    near = before[-_BACK:]
    for back, other in enumerate(reversed(near), start=1):
        far = back + (0 if bare.scale is not None or _in_one_paragraph(other, view) else 1)
        yield from ((v, far) for v in reversed(other.values) if _counts(v, figures))
    if bare.scale in figures.sums:
        earlier = (v for other in reversed(before[: -len(near)]) for v in reversed(other.values))
        sums = (v for v in earlier if isinstance(v, Money) and scale_of(v.text, figures) == bare.scale)
        yield from ((v, _BACK) for v in sums if v.value is not None)


def _antecedent(root: Token, before: Sequence[SentenceView], view: SentenceView, figures: Figures) -> Token | None:
    """The last plural that "them" may stand for ("the mills drew bids; 17 *of them* ...")."""
    above = list(governors(root))
    for other, end in ((view, root.i), *((other, other.sentence.end) for other in before)):
        for token in reversed(root.doc[other.sentence.start : end]):
            plural = token.tag_ == "NNS" and token not in above and token.lemma_.lower() not in figures.never
            if plural and not other.is_value(token):
                return token
    return None


def _beside(value: Quantity, root: Token, view: SentenceView) -> _Figure | None:
    """The whole behind a figure ("380 of the *900 billion tomans*"), the percentage before ("*4 percent* and six")."""
    near = [child for child in root.children if _is_of(child) and child.i > root.i]
    if root.dep_ == "conj" and root.head.i < root.i:
        near.append(root.head)
    for token in near:
        held = (v for v in view.values if v.span.start <= token.idx < v.span.end)
        for figure in held:
            if isinstance(figure, Money) and token.i > root.i:
                return figure
            if isinstance(figure, Quantity) and (figure.kind is QuantityKind.PERCENT) == (token.i < root.i):
                small = token.i > root.i or _size(value) <= _HUNDRED
                return figure if small and not _is_number(figure) else None
    return None


def _compared(value: Quantity, here: Sequence[Value], view: SentenceView) -> _Figure | None:
    """The figure right before, to which the bare one is compared ("15 percent *from* 26", "8 boats *to* 30")."""
    before = next((v for v in reversed(here) if isinstance(v, (Money, Quantity))), None)
    if before is None or _is_number(before):
        return None
    text = view.sentence.doc.text
    match = _COMPARES.fullmatch(text, before.span.end, value.span.start)
    if match is None:
        return None
    if isinstance(before, Quantity) and before.kind is QuantityKind.PERCENT:
        level = match["by"] != "to" or text[: before.span.start].endswith("from ")  # "rose 17 percent to 46"
        return before if level and _size(value) <= _HUNDRED else None
    return before


def _is_of(child: Token) -> bool:
    return child.dep_ == "nmod" and any(case.lower_ == "of" for case in child.children)


def _is_number(value: Value) -> bool:
    return isinstance(value, Quantity) and value.kind is QuantityKind.NUMBER


def _like(bare: _Bare, teller: _Figure, figures: Figures) -> _Figure:
    value, factor = bare.value, _factor(bare, teller, figures)
    low, minimum, maximum = (
        None if bound is None else bound * factor for bound in (value.value, value.minimum, value.maximum)
    )
    if isinstance(teller, Money):
        return Money(value.span, value.text, teller.currency, low, minimum, maximum, value.bound)
    unit, code = teller.unit, teller.unit_code
    told = replace(value, kind=teller.kind, unit=unit, unit_code=code)
    return replace(told, value=low, minimum=minimum, maximum=maximum)


def _factor(bare: _Bare, teller: _Figure, figures: Figures) -> Decimal:
    """The scale that a sum is told without: "promised 240 trillion, and has lent *38*"."""
    scale = scale_of(teller.text, figures)
    known = teller.value if teller.value is not None else teller.maximum
    shared = isinstance(teller, Money) and bare.scale is None and not bare.grouped and bare.size < _SMALL
    if not shared or scale is None or known is None:
        return Decimal(1)
    return figures.factors[scale]


def _worth(bare: _Bare, teller: _Figure, far: int, figures: Figures) -> float:
    """How likely it is that a figure tells what the bare one counts."""
    size = bare.size * float(_factor(bare, teller, figures))
    percent = isinstance(teller, Quantity) and teller.kind is QuantityKind.PERCENT
    if (bare.part and _size(teller) < size) or (not size and not percent):
        return -1.0
    ratio = max(size, _size(teller)) / min(size, _size(teller)) if size and _size(teller) else 1.0
    worth = 2.0 - far + (1.5 if ratio <= 5 else 1.0 if ratio <= 20 else 0.0 if ratio <= 200 else -2.0)
    if percent:
        compared = far == 0 and (bare.level or bare.part)
        return worth - (1.0 if compared else 3.0) - (9.0 if size > _HUNDRED or bare.grouped else 0.0)
    scale = scale_of(teller.text, figures)
    if scale != bare.scale and (isinstance(teller, Quantity) or bare.scale is not None):
        worth -= 1.5
    elif bare.scale is None and bare.grouped != (GROUPED.search(teller.text) is not None):
        worth -= 0.5
    if isinstance(teller, Money):
        alike = bare.grouped and GROUPED.search(teller.text) is not None
        worth += 1.5 if bare.paid else 0.0 if bare.scale is not None else -1.5 if alike else -3.5
    else:
        worth -= 2.5 if bare.paid else 0.0
        worth -= (
            1.0 if teller.unit_code is not None and bare.scale is None and not (bare.grouped or bare.level) else 0.0
        )
    return worth


def _counts(value: Value, figures: Figures) -> TypeGuard[_Figure]:
    """Whether a figure counts or measures something that another one may count too."""
    if isinstance(value, Money):
        return value.value is not None or value.maximum is not None
    if not isinstance(value, Quantity) or value.kind is QuantityKind.NUMBER or _HYPHENED.match(value.text):
        return False
    return (value.unit or "").lower().rstrip("s") not in figures.never


def _in_one_paragraph(before: SentenceView, view: SentenceView) -> bool:
    return "\n" not in view.sentence.doc.text[before.span.end : view.span.start]


def _size(value: _Figure) -> float:
    known = value.value if value.value is not None else value.maximum or value.minimum
    return 0.0 if known is None else float(known)
