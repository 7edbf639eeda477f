"""Where a text speaks in somebody's words: the stretches between quotation marks, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indiggraph.facts.view import SentenceView
from indiggraph.model import Span

__all__ = ["is_quoted", "quotations"]

_MARKS = re.compile(r"[“”\"]")
_SHORTEST = 25
"""Characters from which on quotation marks hold what somebody says, not a word or a title."""


def is_quoted(view: SentenceView) -> bool:
    """Whether a sentence holds a quotation mark."""
    return _MARKS.search(view.sentence.text) is not None


def quotations(text: str) -> Iterator[Span]:
    """Yield the stretches between quotation marks, marks included.

    One left open at the end of a paragraph goes on where the next paragraph opens it again, and else ends there: a
    mark was left out.
    """
    start: int | None = None
    offset = 0
    for paragraph in text.splitlines(keepends=True):
        marks = list(_MARKS.finditer(paragraph))
        opens = bool(marks) and not paragraph[: marks[0].start()].strip() and marks[0].group() != "”"
        if start is not None and paragraph.strip():
            if opens:
                marks = marks[1:]
            else:
                start = None
        for mark in marks:
            if start is None:
                start = offset + mark.start() if mark.group() != "”" else None
                continue
            if offset + mark.end() - start >= _SHORTEST:
                yield Span(start, offset + mark.end())
            start = None
        offset += len(paragraph)
