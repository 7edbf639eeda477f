"""Spans that are taken, asked about from left to right."""

from __future__ import annotations

from collections.abc import Iterable

from indiggraph.model import Span

__all__ = ["Closed"]


class Closed:
    """Spans that no further value may overlap; questions must come in rising order of place."""

    __slots__ = ("_next", "_spans")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def overlaps(self, span: Span) -> bool:
        """Whether a taken span shares a character with this one."""
        while self._next < len(self._spans) and self._spans[self._next].end <= span.start:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next].overlaps(span)
