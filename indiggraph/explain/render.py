"""Explanations as text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from indiggraph.explain.records import (
    ExplainedClaim,
    ExplainedFact,
    ExplainedMention,
    ExplainedNode,
    ExplainedSentence,
    ExplainedText,
)
from indiggraph.views.text import printable

__all__ = ["render"]

_WIDTH = 80
_NAME = 14
_SPEECH = {"statedBy": "stated by", "reportedBy": "reported by", "statedAt": "said", "partOf": "part of"}
"""Slots whose names are no words."""


def render(explained: ExplainedText | ExplainedNode) -> str:
    """Return an explanation as lines; nothing in it obeys a terminal."""
    lines = _text(explained) if isinstance(explained, ExplainedText) else _node(explained)
    return "".join(f"{line}\n" for line in lines)


# ---- texts -------------------------------------------------------------------------------------------------------


def _text(explained: ExplainedText) -> Iterator[str]:
    shown = "" if len(explained.sentences) == explained.count else f", {len(explained.sentences)} of them shown"
    yield from _wrapped(
        f"{explained.document}: {_counted(explained.characters, 'character')}, "
        f"{_counted(explained.count, 'sentence')}{shown}"
    )
    for sentence in explained.sentences:
        yield ""
        yield from _sentence(sentence)


def _sentence(sentence: ExplainedSentence) -> Iterator[str]:
    yield from _wrapped(f"sentence {sentence.number}, characters {sentence.start} to {sentence.end}")
    yield from _wrapped(f"“{sentence.text}”", 2)
    yield from _section("mentions", (_mention(mention) for mention in sentence.mentions))
    for title, slot in (("triggers", "trigger"), ("values", "value"), ("left out", "sentence")):
        notes = [note for note in sentence.notes if note.slot == slot]
        yield from _section(title, (_row(note.value, note.why, note.taken) for note in notes))
    for tenure in sentence.tenures:
        body = f", {tenure.organization}" if tenure.organization is not None else ""
        post = f"former {tenure.post}" if tenure.former else tenure.post
        yield from _wrapped(f"post: {tenure.person}, {post}{body} ({tenure.rule})", 2)
    for fact in sentence.facts:
        yield from _fact(fact)


def _mention(mention: ExplainedMention) -> list[str]:
    thing = "refers to nothing" if mention.thing is None else f"= {mention.thing}"
    because = f" ({mention.why})" if mention.why is not None else ""
    return _row(mention.text, f"{mention.type}, by {mention.rule}; {thing}{because}")


def _fact(fact: ExplainedFact) -> Iterator[str]:
    kind = "considered" if fact.dropped is not None else "fact"
    yield from _wrapped(f"{kind} {fact.id}: {fact.type} by {fact.rule}, “{fact.trigger}”", 2)
    if fact.dropped is not None:
        yield from _wrapped(f"not stated: {fact.dropped}", 4)
    for slot in fact.slots:
        if (slot.slot, slot.value) != ("type", fact.type) or slot.why is not None:
            yield from _slot(slot.slot, slot.value, slot.why)
    for note in fact.passed:
        yield from _slot(f"not {note.slot}", note.value, note.why)


def _slot(slot: str, value: str, why: str | None) -> list[str]:
    because = f": {why}" if why is not None else ""
    return _wrapped(f"{value}{because}", 4, hang=4 + _NAME, lead=f"{_SPEECH.get(slot, slot):{_NAME}}")


# ---- graphs ------------------------------------------------------------------------------------------------------


def _node(node: ExplainedNode) -> Iterator[str]:
    yield from _wrapped(f"{node.label} ({node.type})")
    yield f"  <{node.iri}>"
    if node.names:
        yield from _wrapped(f"also: {'; '.join(node.names)}", 2)
    yield from _section("in place of", (_wrapped(f"<{iri}>", 4) for iri in node.replaced))
    yield from _section("mentions", (_place(mention) for mention in node.mentions))
    joins = (
        _wrapped(f"{join.left} and {join.right} (score {join.score}): {'; '.join(join.reasons)}", 4, hang=6)
        for join in node.joins
    )
    yield from _section("one thing over several documents", joins)
    for claim in node.facts:
        yield ""
        yield from _claim(claim)
    if not node.trail:
        yield ""
        yield from _wrapped("There is no trail.ttl beside the graph, so nothing says why.")


def _place(mention: ExplainedMention) -> list[str]:
    why = f": {mention.why}" if mention.why is not None else ""
    words = f"“{mention.text}”, {mention.document} {mention.start} to {mention.end}, by {mention.rule}{why}"
    return _wrapped(words, 4, hang=6)


def _claim(claim: ExplainedClaim) -> Iterator[str]:
    for line in claim.text.splitlines():
        indent = len(line) - len(line.lstrip())
        yield from _wrapped(line.strip(), indent, hang=indent + 2)
    if claim.rule is not None:
        yield from _wrapped(f"by {claim.rule}" + (f", “{claim.trigger}”" if claim.trigger is not None else ""), 2)
    for reason in claim.reasons:
        yield from _wrapped(reason, 4, hang=6)


# ---- lines -------------------------------------------------------------------------------------------------------


def _section(title: str, rows: Iterable[list[str]]) -> Iterator[str]:
    lines = [line for row in rows for line in row]
    if lines:
        yield f"  {title}"
        yield from lines


def _row(name: str, words: str, taken: bool = True) -> list[str]:
    return _wrapped(f"{'' if taken else '– '}{name}: {words}", 4, hang=6)


def _wrapped(text: str, indent: int = 0, hang: int | None = None, lead: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=" " * indent + lead,
        subsequent_indent=" " * (indent if hang is None else hang),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
