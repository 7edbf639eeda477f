"""Evaluations as text: the figures in columns, and the errors by document and fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indiggraph.evaluation.answers import PARTS, Answer
from indiggraph.evaluation.identity import Identity
from indiggraph.evaluation.result import Evaluation
from indiggraph.evaluation.tally import Figures
from indiggraph.views.text import printable

__all__ = ["errors", "group_table", "table"]

_NAME = 16
_SHOWN = 8
"""Absent documents that are named."""


def table(evaluation: Evaluation) -> str:
    """The figures over all documents and by slot."""
    rows = [(name.replace("_", " "), part) for name, part in evaluation.parts.items()]
    rows += [(f"  {slot}", part) for slot, part in evaluation.by_slot.items()]
    sums = evaluation.sums
    lines = [_head(_NAME), *(_row(name, part, _NAME) for name, part in rows)]
    lines.append(f"sums: {sums.total}, found {sums.found}, fully linked {sums.linked}")
    lines.append(f"documents: {len(evaluation.documents)}, absent {len(evaluation.absent)}{_named(evaluation.absent)}")
    if evaluation.grounding is not None:
        counts = (f"{name.replace('_', ' ')} {number}" for name, number in evaluation.grounding.to_json().items())
        lines.append("grounding: " + ", ".join(counts))
    if evaluation.identity is not None:
        lines.append(_identity_line(evaluation.identity))
    return "\n".join(lines) + "\n"


def group_table(groups: Mapping[str, Mapping[str, Figures]]) -> str:
    """The figures by type or document: one part a line under each name."""
    lines = [_head(_NAME)]
    for name, parts in groups.items():
        lines.append(printable(name))
        lines += [_row(f"  {part.replace('_', ' ')}", one, _NAME) for part, one in parts.items()]
    return "\n".join(lines) + "\n"


def _head(width: int) -> str:
    return f"{'':{width}}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'spare':>7}{'missed':>7}"


def _row(name: str, figures: Figures, width: int) -> str:
    scores = (figures.precision, figures.recall, figures.f1)
    counts = (figures.right, figures.spare, figures.missed)
    return f"{name:{width}}" + "".join(f"{score:7.3f}" for score in scores) + "".join(f"{count:7}" for count in counts)


def _named(absent: Sequence[str]) -> str:
    more = ", …" if len(absent) > _SHOWN else ""
    return f" ({printable(', '.join(absent[:_SHOWN]))}{more})" if absent else ""


def _identity_line(identity: Identity) -> str:
    b_cubed = f"identity (B³): P {identity.precision:.3f}, R {identity.recall:.3f}, F1 {identity.f1:.3f}"
    names = f"{identity.missing} of {identity.mentions} names missing"
    return f"{b_cubed}; {names}; {identity.apart} of {identity.pairs} pairs of like names apart"


# ---- errors ------------------------------------------------------------------------------------------------


def errors(evaluation: Evaluation) -> str:
    """What is spare and missed, by document: things and posts, then each fact with its slots.

    The slots of a fact that is missed or spare altogether are not listed.
    """
    wrong = [answer for answer in evaluation.answers if answer.verdict != "right"]
    lines: list[str] = []
    for document in evaluation.documents:
        here = [answer for answer in wrong if answer.document == document]
        if here:
            lines += [f"{'' if not lines else chr(10)}{printable(document)}", *_of_document(here)]
    return "".join(f"{line}\n" for line in lines)


def _of_document(wrong: Sequence[Answer]) -> Iterator[str]:
    for part in (*PARTS[:3], "former"):
        yield from _verdicts(part.replace("_", " "), [answer for answer in wrong if answer.part == part], 2)
    for fact in dict.fromkeys(answer.fact for answer in wrong if answer.fact):
        here = [answer for answer in wrong if answer.fact == fact]
        whole = [answer for answer in here if answer.part == "facts" and not (answer.gold and answer.found)]
        slots = [answer for answer in here if answer.part not in PARTS and answer.alone]
        known = {answer.verdict for answer in whole} if not slots else set()
        yield f"  {'/'.join(sorted(known)) + ' ' if known else ''}fact {printable(fact)}"
        for slot in dict.fromkeys(answer.part for answer in slots):
            yield from _verdicts(slot, [answer for answer in slots if answer.part == slot], 4)


def _verdicts(name: str, wrong: Iterable[Answer], indent: int) -> Iterator[str]:
    told = [printable(f"{answer.verdict} {_value(answer)}") for answer in wrong]
    if told:
        yield f"{'':{indent}}{name}: {'; '.join(told)}"


def _value(answer: Answer) -> str:
    return answer.gold if answer.verdict == "missed" else answer.found or answer.gold
